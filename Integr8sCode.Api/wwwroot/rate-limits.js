import { get, put } from './api.js';
import { el } from './dom.js';
import { PagedList } from './paged-list.js';
import { showProblems } from './problems.js';
import { RuleTable } from './rule-table.js';

const byId = id => document.getElementById(id);
const path = '/api/v1/admin/rate-limits';
const table = new RuleTable(byId('limits-table'));
const users = new PagedList({ items: byId('limits-users'), more: byId('limits-users-more'), note: byId('limits-users-note'), noun: 'user', order: 'in the order of their names', item: user });
let version = 0;

/** The rules of the installation, as a table that is changed and saved as a whole; below it whom they are about. */
export async function openRateLimits({ signal }) {
  note('Loading…');
  await Promise.all([showRules(signal), users.open('/api/v1/admin/users', [], signal)]);
}

async function showRules(signal) {
  try {
    show(await get(path, signal));
    note('A change counts in every process within seconds.');
  } catch (error) {
    if (!signal.aborted) note(error.message);
  }
}

byId('limits-add').addEventListener('click', () => table.add());
byId('limits-form').addEventListener('submit', async event => {
  event.preventDefault();
  showProblems(byId('limits-problems'), null);
  try {
    show(await put(path, { version, enabled: byId('limits-on').checked, rules: table.rules }));
    note(`Saved as version ${version}.`);
  } catch (error) {
    showProblems(byId('limits-problems'), error);
  }
});

function show(rules) {
  version = rules.version;
  byId('limits-on').checked = rules.enabled;
  table.rules = rules.rules;
}

function user({ user_id: id, role, disabled }) {
  return el('li', null, el('a', { href: `#/rate-limits/${encodeURIComponent(id)}`, class: 'entry' },
    el('span', { class: 'pill' }, role), el('strong', { class: 'what' }, id),
    el('span', { class: 'facts' }, disabled && el('span', { class: 'bad' }, 'disabled'), el('span', null, 'use and exceptions →'))));
}

function note(text) {
  byId('limits-note').textContent = text;
}
