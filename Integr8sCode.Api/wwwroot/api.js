import { askForKey, forgetKey, key } from './session.js';

const plain = { 401: 'Sign in to see this.', 403: 'This is for admins.' };

/** An answer that is a problem: the server's words, and which fields it names. */
export class Problem extends Error {
  constructor(status, body, retryAfter = null) {
    super(body?.detail ?? plain[status] ?? body?.title ?? `The platform answered ${status}.`);
    this.status = status;
    this.reason = body?.reason;
    this.retryAfter = Number(retryAfter);
    this.fields = Object.entries(body?.errors ?? {}).flatMap(([field, messages]) => messages.map(message => ({ field, message })));
  }
}

export const get = (path, signal) => call('GET', path, undefined, signal);
export const post = (path, body) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);
export const remove = path => call('DELETE', path);

/** Asks again, after as long as it says, while a rate limit refuses. */
export async function patiently(ask) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error.status !== 429) throw error;
      await new Promise(resolve => setTimeout(resolve, 1000 * (error.retryAfter || 1)));
    }
  }
}

/** The JSON of an answer, or null where it has none. */
async function call(method, path, body, signal) {
  const response = await request(method, path, { body, signal, accept: 'application/json' });
  return response.status === 204 ? null : response.json();
}

/** The answer itself; throws a Problem when it is one. Asks for a key where one is wanted. */
export async function request(method, path, options) {
  const { body, signal, accept, lastEventId } = options;
  const headers = { accept };
  if (key() !== null) headers.authorization = `Bearer ${key()}`;
  if (lastEventId) headers['last-event-id'] = lastEventId;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  if (response.status === 401 && await newKey()) return request(method, path, options);
  if (response.ok) return response;
  throw new Problem(response.status, await response.json().catch(() => null), response.headers.get('retry-after'));
}

function newKey() {
  const known = key() !== null;
  forgetKey();
  return askForKey(known ? 'This key is no longer known here.' : '');
}
