import { get } from './api.js';
import { el } from './dom.js';
import { ago } from './format.js';
import { bytes, seconds } from './measures.js';
import { AddressFilter, PagedList } from './paged-list.js';

const byId = id => document.getElementById(id);
const filter = new AddressFilter('history', { status: byId('history-status'), language: byId('history-language') });
const list = new PagedList({ items: byId('executions'), more: byId('history-more'), note: byId('history-note'), noun: 'execution', item });

/** Own executions. */
export async function openHistory({ query, signal }) {
  await languages(query.get('language'), signal);
  if (!signal.aborted) await list.open('/api/v1/executions', filter.show(query), signal);
}

async function languages(asked, signal) {
  const known = await get('/api/v1/languages', signal).catch(() => ({ items: [] }));
  const names = new Set([...known.items.map(language => language.name), ...asked ? [asked] : []]);
  byId('history-language').replaceChildren(el('option', { value: '' }, 'all'), ...[...names].map(name => el('option', null, name)));
}

function item({ execution_id: id, status, outcome, exit_code: code, language, version, timestamps, resource_usage: used, retry_of: repeated }) {
  const requested = Date.parse(timestamps.requested_at);
  return el('li', null, el('a', { href: `#/executions/${id}`, class: 'entry' },
    el('span', { class: `pill ${status}` }, status),
    el('span', { class: 'what' }, el('strong', null, language), ` ${version ?? ''} `,
      code !== undefined && el('span', { class: code === 0 ? 'soft' : 'bad' }, `exit code ${code}`),
      outcome && outcome !== 'exited' && el('span', { class: 'bad' }, outcome.replaceAll('_', ' ')),
      repeated && el('span', { class: 'badge' }, 'retry')),
    el('span', { class: 'facts' },
      used?.run_seconds !== undefined && el('span', { class: 'took' }, seconds(used.run_seconds)),
      used?.peak_memory_bytes !== undefined && el('span', null, bytes(used.peak_memory_bytes)),
      el('code', null, id.slice(-12)),
      el('time', { datetime: timestamps.requested_at, title: new Date(requested).toLocaleString() }, ago(requested * 1000)))));
}
