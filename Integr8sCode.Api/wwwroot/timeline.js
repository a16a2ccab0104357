import { get } from './api.js';
import { el, styled } from './dom.js';
import { count, duration } from './format.js';
import { percent } from './measures.js';
import { spanDetails } from './span-details.js';
import { rowsOf } from './timeline-rows.js';
import { treeKeys } from './tree-keys.js';
import { Waterfall, visible } from './waterfall.js';

const byId = id => document.getElementById(id);
const patience = 20; // looks, a second apart
const settled = 5;
const ticks = 5;
const state = { rows: [], nodes: [], matches: new Set(), view: null, selected: null, category: null, traceUrl: null };
const waterfall = new Waterfall(byId('rows'), { onselect: open, ontoggle: toggle, onhover: hover });
treeKeys(byId('rows'), state, { at: select, toggle, enter: open });

export function clearTimeline() {
  close();
  byId('timeline').hidden = true;
}

/** Asks for the timeline until no more spans have come for a while: processes hand them over in batches. */
export async function showTimeline(execution, signal) {
  byId('timeline').hidden = false;
  byId('timeline-body').hidden = true;
  byId('timeline-facts').replaceChildren();
  state.traceUrl = execution.links.trace ?? null;
  link(state.traceUrl);
  note('Collecting the spans…');
  let spans = 0;
  let unchanged = 0;
  for (let tries = 0; tries < patience && unchanged < settled && !signal.aborted; tries++) {
    try {
      const timeline = await get(`/api/v1/executions/${execution.execution_id}/trace`, signal);
      unchanged = timeline.span_count === spans ? unchanged + 1 : 0;
      spans = timeline.span_count;
      if (unchanged === 0) show(timeline);
    } catch (error) {
      if (signal.aborted) return;
      if (error.reason !== 'not_yet' && error.status !== 429) return note(error.message);
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
  if (spans === 0) note('The trace backend has not received the spans yet. Reload the page to look again.');
}

function show(timeline) {
  const { end_to_end: whole, response } = timeline;
  note([timeline.clock_skew && 'Clocks of machines disagree: spans were moved behind what caused them.',
    timeline.missing_spans.length > 0 && `${count(timeline.missing_spans.length, 'span')} never arrived; their time is a gap.`].filter(Boolean).join(' '));
  byId('timeline-body').hidden = false;
  byId('timeline-facts').replaceChildren(
    el('span', { class: 'took' }, duration(whole.duration_us)), el('span', null, 'end to end'),
    el('span', null, `answered after ${duration(response.duration_us)}`), el('span', null, count(timeline.span_count, 'span')));
  byId('shares').replaceChildren(bar('End to end', whole, whole), bar('Answer', response, whole));
  state.category = null;
  byId('categories').replaceChildren(...ranked(whole).map(([category, us]) => legend(category, us, whole)));
  branches(timeline.branches);
  state.rows = rowsOf(timeline);
  state.view = { from: 0, to: Math.max(1, whole.duration_us, ...state.rows.slice(0, 1).map(row => row.end)) };
  state.matches = new Set();
  state.selected = null;
  byId('axis').replaceChildren(...Array.from({ length: ticks }, (_, i) => el('span', null, duration(Math.round(state.view.to * i / (ticks - 1))))));
  refresh();
}

const ranked = ({ time_by_category: times }) => Object.entries(times).filter(([, us]) => us > 0).sort((a, b) => b[1] - a[1]);
const words = category => category.replaceAll('_', ' ');

/** One stretch a category, on the scale of the whole execution. */
function bar(name, time, whole) {
  const parts = ranked(time);
  const text = parts.map(([category, us]) => `${words(category)} ${duration(us)}`).join(', ');
  return el('div', { class: 'share-row' }, el('span', { class: 'name' }, name),
    el('div', { class: 'share-bar', role: 'img', 'aria-label': `${name}, ${duration(time.duration_us)}: ${text}` },
      ...parts.map(([category, us]) => styled(el('i', { class: `c-${category}`, title: `${words(category)} ${duration(us)}` }), { width: `${100 * us / Math.max(1, whole.duration_us)}%` }))),
    el('span', { class: 'took' }, duration(time.duration_us)));
}

function legend(category, us, whole) {
  return el('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', 'data-category': category, onclick: () => choose(category) },
    el('i', { class: `dot c-${category}` }), words(category), el('strong', null, ` ${duration(us)}`), el('small', null, ` ${percent(us / Math.max(1, whole.duration_us))}`));
}

function choose(category) {
  state.category = state.category === category ? null : category;
  for (const button of byId('categories').children) button.setAttribute('aria-pressed', String(button.dataset.category === state.category));
  state.matches = new Set(state.category === null ? [] : state.rows.filter(row => row.segments.some(segment => segment.category === state.category)));
  refresh();
}

function branches(list) {
  byId('branches').hidden = list.length === 0;
  byId('branches').replaceChildren(...list.map(branch => el('li', null,
    el('button', { type: 'button', class: 'quiet', onclick: () => open(state.rows.find(row => row.id === branch.span_id)) },
      el('span', { class: 'badge' }, words(branch.kind)), ` ${branch.name} `, el('small', null, `${branch.service}, +${duration(branch.start_us)}`, branch.attempt > 1 ? `, attempt ${branch.attempt}` : '')))));
}

function refresh() {
  state.nodes = visible(state.rows);
  waterfall.show(state);
}

function open(node) {
  if (!node) return;
  for (let above = node.parent; above; above = above.parent) above.open = true;
  state.selected = node;
  refresh();
  byId('details').replaceChildren(...spanDetails(node, state.traceUrl, close));
  byId('details').hidden = false;
  document.body.classList.add('detailed');
  waterfall.scrollTo(node);
}

function close() {
  if (byId('details').hidden) return;
  byId('details').hidden = true;
  document.body.classList.remove('detailed');
  byId('rows').focus({ preventScroll: true });
}

function toggle(node) {
  node.open = !node.open;
  refresh();
}

function select(index) {
  state.selected = state.nodes[Math.max(0, Math.min(state.nodes.length - 1, index))];
  refresh();
  if (!byId('details').hidden) open(state.selected);
  waterfall.scrollTo(state.selected);
}

function hover(node, event) {
  byId('tip').hidden = !node;
  if (!node) return;
  byId('tip').replaceChildren(el('strong', null, node.name), el('span', null, `${node.service}, ${duration(node.end - node.start)} from +${duration(node.start)}`),
    ...node.segments.map(segment => el('span', null, `${words(segment.category)} ${duration(segment.to - segment.from)}`)));
  const { offsetWidth: width, offsetHeight: height } = byId('tip');
  styled(byId('tip'), {
    left: `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 8))}px`,
    top: `${event.clientY + 18 + height > innerHeight ? event.clientY - height - 12 : event.clientY + 18}px`,
  });
}

function note(text) {
  byId('timeline-note').hidden = !text;
  byId('timeline-note').textContent = text;
}

function link(url) {
  byId('trace-link').hidden = url === null;
  if (url !== null) byId('trace-link').href = url;
}

addEventListener('keydown', event => {
  if (event.key === 'Escape') close();
});
