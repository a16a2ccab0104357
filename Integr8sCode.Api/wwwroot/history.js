import { get } from './api.js';
import { el } from './dom.js';
import { ago, count } from './format.js';
import { bytes, seconds } from './measures.js';

const byId = id => document.getElementById(id);
const pageSize = 25;
let query = new URLSearchParams();
let next = null;

for (const field of ['status', 'language']) {
  byId(`history-${field}`).addEventListener('change', ({ target }) => {
    if (target.value) query.set(field, target.value);
    else query.delete(field);
    location.hash = `#/history${query.size > 0 ? `?${query}` : ''}`;
  });
}
byId('history-more').addEventListener('click', () => load(next));

/** Own executions, newest first; the address holds what is asked for. */
export async function openHistory({ query: asked, signal }) {
  query = asked;
  const languages = await get('/api/v1/languages', signal).catch(() => ({ items: [] }));
  if (signal.aborted) return;
  const names = new Set([...languages.items.map(language => language.name), asked.get('language') ?? '']);
  byId('history-language').replaceChildren(...['', ...[...names].filter(Boolean)].map(name => el('option', { value: name }, name || 'all')));
  for (const field of ['status', 'language']) byId(`history-${field}`).value = asked.get(field) ?? '';
  byId('executions').replaceChildren();
  await load(null, signal);
}

async function load(cursor, signal) {
  const parameters = new URLSearchParams([...query, ['limit', pageSize], ...cursor ? [['cursor', cursor]] : []]);
  try {
    const page = await get(`/api/v1/executions?${parameters}`, signal);
    next = page.next_cursor ?? null;
    byId('executions').append(...page.items.map(item));
    byId('history-more').hidden = next === null;
    const shown = byId('executions').childElementCount;
    note(shown === 0 ? 'No executions that match.' : `${count(shown, 'execution')}, newest first${next ? '; there are older ones' : ''}`);
  } catch (error) {
    if (!signal?.aborted) note(error.message);
  }
}

function item(execution) {
  const { execution_id: id, status, outcome, exit_code: code, language, version, user_id: user, timestamps, resource_usage: used, retry_of: repeated } = execution;
  const requested = Date.parse(timestamps.requested_at);
  return el('li', null, el('a', { href: `#/executions/${id}`, class: 'entry' },
    el('span', { class: `pill ${status}` }, status),
    el('span', { class: 'what' }, el('strong', null, language), ` ${version ?? ''} `, code !== undefined && el('span', { class: code === 0 ? 'good' : 'bad' }, `exit code ${code}`),
      outcome && outcome !== 'exited' && el('span', { class: 'bad' }, ` ${outcome.replaceAll('_', ' ')}`), repeated && el('span', { class: 'badge' }, 'retry'), el('small', null, ` ${user}`)),
    el('span', { class: 'facts' },
      used?.run_seconds !== undefined && el('span', { class: 'took' }, seconds(used.run_seconds)),
      used?.peak_memory_bytes !== undefined && el('span', null, bytes(used.peak_memory_bytes)),
      el('code', null, id.slice(-12)),
      el('time', { datetime: timestamps.requested_at, title: new Date(requested).toLocaleString() }, ago(requested * 1000)))));
}

function note(text) {
  byId('history-note').textContent = text;
}
