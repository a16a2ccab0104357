const place = 'integr8scode-key';
const byId = id => document.getElementById(id);

/** Whose key this tab has. */
export const caller = { id: null, isAdmin: false };

/** The key, or null. Session storage is this tab's own and ends with it. */
export function key() {
  return sessionStorage.getItem(place);
}

export function forgetKey() {
  sessionStorage.removeItem(place);
  showCaller(null);
}

/** Asks for a key until there is a valid one or the person has no wish to; tells which. */
export function askForKey(problem = '') {
  const dialog = byId('key-dialog');
  byId('key-problem').textContent = problem;
  if (!dialog.open) dialog.showModal();
  byId('key').select();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(key() !== null), { once: true }));
}

/** Takes the key this tab already has. */
export async function resume() {
  if (key() === null) return askForKey();
  const problem = await adopt(key());
  return problem === null || askForKey(problem);
}

/** What is wrong with the key; null when it is the tab's key now. */
async function adopt(candidate) {
  const response = await fetch('/api/v1/users/me', { headers: { authorization: `Bearer ${candidate}` } }).catch(() => null);
  if (response?.ok) {
    sessionStorage.setItem(place, candidate);
    showCaller(await response.json());
    return null;
  }
  if (response?.status === 429) return 'Too many tries. Wait a moment, then try again.';
  if (response?.status !== 401) return 'The platform does not answer. Try again in a moment.';
  forgetKey();
  return 'This key is not known here.';
}

function showCaller(who) {
  caller.id = who?.user_id ?? null;
  caller.isAdmin = who?.role === 'admin';
  byId('caller').textContent = caller.id === null ? '' : caller.isAdmin ? `${caller.id} (admin)` : caller.id;
  byId('sign-in').hidden = caller.id !== null;
  byId('sign-out').hidden = caller.id === null;
  dispatchEvent(new Event('caller'));
}

byId('key-form').addEventListener('submit', async event => {
  event.preventDefault();
  const problem = await adopt(byId('key').value.trim()).catch(() => 'A key has only visible characters.');
  byId('key-problem').textContent = problem ?? '';
  if (problem !== null) return byId('key').select();
  byId('key').value = '';
  byId('key-dialog').close();
});
byId('key-close').addEventListener('click', () => byId('key-dialog').close());
byId('sign-in').addEventListener('click', () => askForKey());
byId('sign-out').addEventListener('click', () => {
  forgetKey();
  location.reload(); // nothing of what the key showed stays
});
