import { get, post, put } from './api.js';
import { el, styled } from './dom.js';
import { count } from './format.js';
import { seconds } from './measures.js';
import { showProblems } from './problems.js';
import { RuleTable } from './rule-table.js';

const byId = id => document.getElementById(id);
const often = 2000;
const form = byId('user-limits-form');
const table = new RuleTable(byId('user-limits-table'));
let path = '';

/** What one user has used of the rules that count for them, while one looks, and what is different for them. */
export async function openUserLimits({ id, signal }) {
  path = `/api/v1/admin/users/${encodeURIComponent(id)}/rate-limits`;
  byId('user-limits-title').textContent = id;
  byId('user-usage').replaceChildren();
  form.hidden = byId('user-limits-reset').hidden = true;
  showProblems(byId('user-limits-problems'), null);
  note('Loading…');
  try {
    const limits = await get(path, signal);
    show(limits);
    form.hidden = byId('user-limits-reset').hidden = false;
    note(limits.updated_at ? `Changed ${new Date(limits.updated_at).toLocaleString()}.` : 'Nothing is different for this user.');
    await watch(signal);
  } catch (error) {
    if (!signal.aborted) note(error.status === 404 ? 'There is no such user.' : error.message);
  }
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  showProblems(byId('user-limits-problems'), null);
  const { multiplier, bypass, notes } = form.elements;
  try {
    await put(path, { multiplier: multiplier.valueAsNumber || undefined, bypass: bypass.checked, notes: notes.value.trim() || undefined, rules: table.rules });
    show(await get(path));
    note('Saved. It counts in every process within seconds.');
  } catch (error) {
    showProblems(byId('user-limits-problems'), error);
  }
});
byId('user-limits-add').addEventListener('click', () => table.add());
byId('user-limits-reset').addEventListener('click', async () => {
  try {
    await post(`${path}/reset`);
    usage((await get(path)).usage);
    note('What they have used is forgotten.');
  } catch (error) {
    note(error.message);
  }
});

async function watch(signal) {
  while (!signal.aborted) {
    await new Promise(resolve => setTimeout(resolve, often));
    if (!document.hidden && !signal.aborted) usage((await get(path, signal)).usage);
  }
}

function show(limits) {
  form.elements.multiplier.value = limits.multiplier;
  form.elements.bypass.checked = limits.bypass;
  form.elements.notes.value = limits.notes ?? '';
  table.rules = limits.rules;
  usage(limits.usage);
}

function usage(list) {
  byId('user-usage').replaceChildren(...list.length > 0 ? list.map(meter) : [el('p', { class: 'note' }, 'Nothing limits this user.')]);
}

function meter({ rule, group, limit, remaining, window_seconds: window, reset_seconds: reset }) {
  const used = limit - remaining;
  const look = remaining === 0 ? 'failed' : used > 0.8 * limit ? 'paused' : 'running';
  return el('div', { class: 'meter' },
    el('strong', null, rule), el('span', { class: 'facts' }, el('span', null, group === 'api' ? 'all routes' : `routes of ${group}`), el('span', null, `${count(limit, 'request')} in ${seconds(window)}`)),
    el('div', { class: 'progress', role: 'meter', 'aria-label': `${rule}: requests used`, 'aria-valuemin': 0, 'aria-valuemax': limit, 'aria-valuenow': used },
      styled(el('i', { class: look }), { width: `${100 * used / limit}%` })),
    el('span', { class: 'facts' }, el('span', { class: 'took' }, `${used.toLocaleString()} used`), reset > 0 && el('span', null, `one more in ${seconds(reset)}`)));
}

function note(text) {
  byId('user-limits-note').textContent = text;
}
