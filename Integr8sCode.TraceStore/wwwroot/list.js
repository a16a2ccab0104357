import { get } from './api.js';
import { el } from './dom.js';
import { count } from './format.js';
import { plot } from './plot.js';
import { traceItem } from './trace-item.js';

const byId = id => document.getElementById(id);
const form = byId('search');
const fields = ['service', 'operation', 'tags', 'min', 'max', 'range', 'from', 'to', 'limit'];
const liveEvery = 3000;
let latest = 0;
let shown = [];

form.addEventListener('submit', event => {
  event.preventDefault();
  const state = new URLSearchParams(fields.map(name => [name, byId(name).value.trim()]).filter(([, value]) => value));
  history.pushState(null, '', `?${state}`);
  search();
});
form.addEventListener('reset', () => setTimeout(async () => { // the fields are empty only after this event
  await fillOperations();
  showBetween();
  form.requestSubmit();
}));
byId('service').addEventListener('change', () => fillOperations());
byId('range').addEventListener('change', showBetween);
byId('open').addEventListener('submit', event => {
  event.preventDefault();
  const id = byId('open-id').value.trim();
  if (id) location.assign(`/trace/${encodeURIComponent(id)}`);
});
addEventListener('popstate', start);
addEventListener('resize', () => { if (shown.length) show(shown); });
setInterval(() => { if (byId('live').checked && !document.hidden) search(); }, liveEvery);
start();

async function start() {
  const state = new URLSearchParams(location.search);
  try {
    fillSelect(byId('service'), (await get('/api/services')).data, state.get('service'));
    await fillOperations(state.get('operation'));
  } catch (error) {
    return fail(error);
  }
  for (const name of fields.slice(2)) byId(name).value = state.get(name) ?? (name === 'limit' ? '50' : '');
  showBetween();
  search();
}

async function fillOperations(chosen) {
  const service = byId('service').value;
  const names = service ? (await get(`/api/services/${encodeURIComponent(service)}/operations`)).data : [];
  byId('operation').disabled = !service;
  fillSelect(byId('operation'), names, chosen);
}

function fillSelect(select, names, chosen) {
  const all = chosen && !names.includes(chosen) ? [chosen, ...names] : names;
  select.replaceChildren(el('option', { value: '' }, 'all'), ...all.map(name => el('option', { value: name }, name)));
  select.value = chosen ?? '';
}

function showBetween() {
  for (const label of document.querySelectorAll('.between')) label.hidden = byId('range').value !== 'custom';
}

async function search() {
  const mine = ++latest;
  try {
    const { traces } = await get(`/api/trace-list?${parameters()}`);
    if (mine === latest) show(traces);
  } catch (error) {
    if (mine === latest) fail(error);
  }
}

function show(traces) {
  shown = traces;
  const longest = Math.max(1, ...traces.map(trace => trace.duration));
  const errors = traces.filter(trace => trace.errors > 0).length;
  byId('status').classList.remove('failed');
  byId('status').textContent = traces.length === 0
    ? 'No traces yet that match. Run something, or ask for less.'
    : `${count(traces.length, 'trace')}, newest first${errors ? `, ${errors} with errors` : ''}`;
  byId('plot').hidden = traces.length < 3;
  byId('plot').replaceChildren(plot(traces, byId('plot').clientWidth));
  byId('traces').replaceChildren(...traces.map(trace => traceItem(trace, longest)));
}

function fail(error) {
  byId('status').classList.add('failed');
  byId('status').textContent = error.message;
}

function parameters() {
  const value = name => byId(name).value.trim();
  const query = new URLSearchParams({ limit: value('limit') || '50' });
  for (const [name, field] of [['service', 'service'], ['operation', 'operation'], ['minDuration', 'min'], ['maxDuration', 'max']]) {
    if (value(field)) query.set(name, value(field).replaceAll(' ', ''));
  }
  if (value('operation')) query.set('operation', value('operation'));
  for (const [, key, quoted, bare] of value('tags').matchAll(/([^\s=]+)=(?:"([^"]*)"|(\S*))/g)) query.append('tag', `${key}:${quoted ?? bare}`);
  const range = value('range');
  if (range === 'custom') {
    if (value('from')) query.set('start', Date.parse(value('from')) * 1000);
    if (value('to')) query.set('end', Date.parse(value('to')) * 1000);
  } else if (range) {
    query.set('start', (Date.now() - range * 1000) * 1000);
  }
  return query;
}
