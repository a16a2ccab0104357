import { get } from './api.js';
import { colourOf } from './colours.js';
import { details } from './details.js';
import { el, styled } from './dom.js';
import { count, dateTime, duration } from './format.js';
import { Overview } from './overview.js';
import { treeOf, visible } from './tree.js';
import { Waterfall } from './waterfall.js';

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
  state.rows = treeOf(trace);
  const from = state.rows.reduce((least, node) => Math.min(least, node.start), Infinity);
  const to = state.rows.reduce((most, node) => Math.max(most, node.end), 0);
  state.whole = { from, to: Math.max(to, from + 1) };
  heading(trace);
  byId('waterfall').hidden = false;
  const wanted = new URLSearchParams(location.search).get('span');
  zoom(state.whole);
  const node = state.rows.find(row => row.span.spanID === wanted);
  if (node) open(node);
}

function heading(trace) {
  const root = state.rows[0];
  const errors = state.rows.filter(node => node.error).length;
  document.title = `${root.span.operationName} · ${duration(state.whole.to - state.whole.from)}`;
  byId('title').replaceChildren(el('span', { class: 'service' }, root.service), ' ', root.span.operationName);
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
  history.replaceState(null, '', `?span=${node.span.spanID}`);
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
  return node.text ??= [node.service, node.span.operationName, node.span.spanID, ...node.span.tags.map(tag => `${tag.key}=${tag.value}`),
    ...node.span.logs.flatMap(log => log.fields.map(field => `${field.key}=${field.value}`))].join('\n').toLowerCase();
}

function hover(node, event) {
  byId('tip').hidden = !node;
  if (!node) return;
  byId('tip').replaceChildren(
    el('strong', null, node.span.operationName), el('span', null, node.service),
    el('span', null, `${duration(node.span.duration)}, from +${duration(node.start - state.whole.from)} to +${duration(node.end - state.whole.from)}`));
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

const keys = {
  ArrowDown: at => select(at + 1),
  ArrowUp: at => select(at - 1),
  Home: () => select(0),
  End: () => select(state.nodes.length - 1),
  PageDown: at => select(at + 15),
  PageUp: at => select(at - 15),
  ArrowRight: (at, node) => node.children.length && !node.open ? toggle(node) : select(at + 1),
  ArrowLeft: (at, node) => node.children.length && node.open ? toggle(node) : node.parent && select(state.nodes.indexOf(node.parent)),
  Enter: (at, node) => open(node),
  ' ': (at, node) => open(node),
  z: (at, node) => zoomTo(node),
  0: () => zoom(state.whole),
};

byId('rows').addEventListener('keydown', event => {
  if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || state.nodes.length === 0) return;
  event.preventDefault();
  const at = state.nodes.indexOf(state.selected);
  keys[event.key](at, state.selected ?? state.nodes[0]);
});
addEventListener('keydown', event => {
  if (event.key === 'Escape' && !byId('details').hidden) close();
});

function select(index) {
  state.selected = state.nodes[Math.max(0, Math.min(state.nodes.length - 1, index))];
  refresh();
  if (!byId('details').hidden) open(state.selected);
  waterfall.scrollTo(state.selected);
}
