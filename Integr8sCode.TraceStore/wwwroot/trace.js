import { get } from './api.js';
import { colourOf } from './colours.js';
import { details } from './details.js';
import { el, styled } from './dom.js';
import { count, dateTime, duration } from './format.js';
import { Overview } from './overview.js';
import { treeKeys } from './tree-keys.js';
import { treeOf } from './tree.js';
import { Waterfall, visible } from './waterfall.js';

const byId = id => document.getElementById(id);
const ticks = 5;
const state = { rows: [], nodes: [], matches: new Set(), whole: null, view: null, selected: null };
const waterfall = new Waterfall(byId('rows'), { onselect: open, ontoggle: toggle, onhover: hover });
const overview = new Overview(byId('overview'), zoom);

start();

async function start() {
  const id = location.pathname.split('/')[2];
  try {
    const { data: [trace] } = await get(`/api/traces/${id}`);
    byId('json').href = `/api/traces/${id}`;
    byId('json').hidden = false;
    show(trace);
  } catch (error) {
    byId('title').textContent = error.status === 404 ? 'This trace is not in the store' : error.message;
    byId('facts').textContent = error.status === 404
      ? 'It was not sampled, has not arrived yet, or was dropped because newer traces needed the room.' : '';
  }
}

function show(trace) {
  state.rows = treeOf(trace).map(drawable);
  const from = state.rows.reduce((least, node) => Math.min(least, node.start), Infinity);
  const to = state.rows.reduce((most, node) => Math.max(most, node.end), 0);
  state.whole = { from, to: Math.max(to, from + 1) };
  heading(trace);
  byId('waterfall').hidden = false;
  const wanted = new URLSearchParams(location.search).get('span');
  zoom(state.whole);
  const node = state.rows.find(row => row.id === wanted);
  if (node) open(node);
}

function drawable(node) {
  const colour = colourOf(node.service);
  const events = node.span.logs.map(log => ({ from: log.timestamp, to: log.timestamp, look: 'tick' }));
  return Object.assign(node, { colour, aside: node.service, marks: [{ from: node.start, to: node.end, look: 'bar-span', colour }, ...events] });
}

function heading(trace) {
  const root = state.rows[0];
  const errors = state.rows.filter(node => node.error).length;
  document.title = `${root.name} · ${duration(state.whole.to - state.whole.from)}`;
  byId('title').replaceChildren(el('span', { class: 'service' }, root.service), ' ', root.name);
  byId('facts').replaceChildren(
    el('span', { class: 'took' }, duration(state.whole.to - state.whole.from)),
    el('span', null, count(state.rows.length, 'span')),
    errors > 0 && el('span', { class: 'badge error' }, count(errors, 'error')) || '',
    el('span', null, dateTime(state.whole.from)),
    el('code', { title: 'Trace id' }, root.span.traceID));
  const spans = Map.groupBy(state.rows, node => node.service);
  byId('services').replaceChildren(...[...spans].map(([service, nodes]) =>
    el('button', { type: 'button', class: 'quiet', title: 'Find its spans', onclick: () => find(service) },
      styled(el('i', { class: 'dot' }), { background: colourOf(service) }), service, el('small', null, ` ${nodes.length}`))));
}

function refresh() {
  state.nodes = visible(state.rows);
  waterfall.show(state);
}

function axis() {
  const { from, to } = state.view;
  byId('axis').replaceChildren(...Array.from({ length: ticks }, (_, i) =>
    el('span', null, duration(Math.round(from - state.whole.from + (to - from) * i / (ticks - 1))))));
}

function open(node) {
  for (let above = node.parent; above; above = above.parent) above.open = true;
  state.selected = node;
  refresh();
  byId('details').replaceChildren(...details(node, state.whole.from, { onclose: close, onzoom: () => zoomTo(node) }));
  byId('details').hidden = false;
  document.body.classList.add('detailed');
  history.replaceState(null, '', `?span=${node.id}`);
  waterfall.scrollTo(node);
}

function close() {
  byId('details').hidden = true;
  document.body.classList.remove('detailed');
  byId('rows').focus({ preventScroll: true });
  refresh();
}

function toggle(node) {
  node.open = !node.open;
  refresh();
}

function zoom(view) {
  state.view = view;
  overview.show(state);
  axis();
  byId('whole').hidden = view === state.whole;
  refresh();
}

function zoomTo(node) {
  const room = Math.max(1, node.end - node.start) * 0.05;
  zoom({ from: Math.max(state.whole.from, node.start - room), to: Math.min(state.whole.to, node.end + room) });
}

function find(text) {
  byId('find').value = text;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  state.matches = new Set(words.length === 0 ? [] : state.rows.filter(node => {
    const all = textOf(node);
    return words.every(word => all.includes(word));
  }));
  byId('found').textContent = words.length === 0 ? '' : String(state.matches.size);
  refresh();
  return [...state.matches];
}

function textOf(node) {
  return node.text ??= [node.service, node.name, node.id, ...node.span.tags.map(tag => `${tag.key}=${tag.value}`),
    ...node.span.logs.flatMap(log => log.fields.map(field => `${field.key}=${field.value}`))].join('\n').toLowerCase();
}

function hover(node, event) {
  byId('tip').hidden = !node;
  if (!node) return;
  byId('tip').replaceChildren(
    el('strong', null, node.name), el('span', null, node.service),
    el('span', null, `${duration(node.end - node.start)}, from +${duration(node.start - state.whole.from)} to +${duration(node.end - state.whole.from)}`));
  const { offsetWidth: width, offsetHeight: height } = byId('tip');
  styled(byId('tip'), {
    left: `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 8))}px`,
    top: `${event.clientY + 18 + height > innerHeight ? event.clientY - height - 12 : event.clientY + 18}px`,
  });
}

byId('find').addEventListener('input', event => find(event.target.value));
byId('find').addEventListener('keydown', event => {
  if (event.key !== 'Enter' || state.matches.size === 0) return;
  const matches = [...state.matches];
  open(matches[(matches.indexOf(state.selected) + (event.shiftKey ? matches.length - 1 : 1)) % matches.length]);
});
byId('whole').addEventListener('click', () => zoom(state.whole));
byId('expand').addEventListener('click', () => setAll(true));
byId('collapse').addEventListener('click', () => setAll(false));

function setAll(open) {
  for (const node of state.rows) node.open = open || node.children.length === 0;
  refresh();
}

treeKeys(byId('rows'), state, { at: select, toggle, enter: open, more: { z: (index, node) => zoomTo(node), 0: () => zoom(state.whole) } });
addEventListener('keydown', event => {
  if (event.key === 'Escape' && !byId('details').hidden) close();
});

function select(index) {
  state.selected = state.nodes[Math.max(0, Math.min(state.nodes.length - 1, index))];
  refresh();
  if (!byId('details').hidden) open(state.selected);
  waterfall.scrollTo(state.selected);
}
