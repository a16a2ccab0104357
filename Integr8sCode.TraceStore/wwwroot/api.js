/** The JSON of an answer; throws an Error with the server's own words when it is none. */
export async function get(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    const error = new Error(body?.error ?? body?.errors?.[0]?.msg ?? `The trace store answered ${response.status}.`);
    error.status = response.status;
    throw error;
  }
  return body;
}
