import { get, patiently, post, remove } from './api.js';
import { el, styled } from './dom.js';
import { count } from './format.js';
import { seconds } from './measures.js';
import { PagedList } from './paged-list.js';
import { showProblems } from './problems.js';

const byId = id => document.getElementById(id);
const path = '/api/v1/admin/replays';
const often = 1500;
const form = byId('replay-form');
const list = new PagedList({ items: byId('replay-list'), more: byId('replays-more'), note: byId('replays-note'), noun: 'session', item });
let signal;

/** Replay sessions; those that run show how far they are. */
export async function openReplays(page) {
  signal = page.signal;
  await list.open(path, [], signal);
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  showProblems(byId('replay-problems'), null);
  try {
    await post(path, wanted());
    byId('replay-new').open = false;
    await list.open(path, [], signal);
  } catch (error) {
    showProblems(byId('replay-problems'), error);
  }
});

function wanted() {
  const text = name => form.elements[name].value.trim() || undefined;
  const time = name => text(name) && new Date(text(name)).toISOString();
  return {
    filter: {
      execution_id: text('execution_id'), correlation_id: text('correlation_id'), user_id: text('user_id'), service: text('service'),
      event_types: text('event_types')?.split(/[\s,]+/), from: time('from'), to: time('to'),
    },
    dry_run: form.elements.dry_run.checked,
    reexecute: form.elements.reexecute.checked,
    speed: text('speed') && Number(text('speed')),
    max_events: text('max_events') && Number(text('max_events')),
  };
}

function item(replay) {
  const host = el('li', { class: 'entry replay' });
  show(host, replay);
  return host;
}

function show(host, replay, problem = '') {
  const { status, counts, dry_run: dry, reexecute, speed } = replay;
  const done = counts.replayed + counts.reexecuted;
  const share = counts.total > 0 ? Math.min(1, done / counts.total) : status === 'completed' ? 1 : 0;
  host.replaceChildren(
    el('span', { class: `pill ${status}` }, status),
    el('div', { class: 'what' },
      el('strong', null, asked(replay)), dry && el('span', { class: 'badge' }, 'dry run'), reexecute && el('span', { class: 'badge' }, 'runs scripts again'),
      el('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Events replayed', 'aria-valuemin': 0, 'aria-valuemax': counts.total, 'aria-valuenow': done },
        styled(el('i', { class: status }), { width: `${100 * share}%` })),
      el('span', { class: 'facts' },
        el('span', { class: 'took' }, `${done.toLocaleString()} of ${count(counts.total, 'event')}`),
        counts.events_per_second > 0 && el('span', null, `${Math.round(counts.events_per_second).toLocaleString()} a second`),
        el('span', null, speed ? `${speed} times as fast` : 'as fast as possible'),
        counts.active_seconds > 0 && el('span', null, seconds(counts.active_seconds)),
        el('span', null, `by ${replay.created_by}, ${new Date(replay.created_at).toLocaleString()}`)),
      replay.error && el('p', { class: 'problem' }, replay.error),
      problem && el('p', { class: 'problem', role: 'alert' }, problem)),
    el('div', { class: 'actions' }, ...moves(status).map(([name, act]) =>
      el('button', { type: 'button', class: 'quiet', onclick: () => change(host, replay, act) }, name))));
  if (status === 'running') watch(host, replay.replay_id);
}

function asked({ filter, created_at: created }) {
  const parts = Object.entries(filter)
    .filter(([name, value]) => name !== 'to' || Date.parse(value) < Date.parse(created)) // nothing later is replayed anyway
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${name === 'from' || name === 'to' ? new Date(value).toLocaleString() : [value].flat().join(', ')}`);
  return parts.length > 0 ? parts.join(' · ') : 'All events';
}

const moves = status => [
  status === 'created' && ['Start', 'start'],
  status === 'running' && ['Pause', 'pause'],
  ['paused', 'failed'].includes(status) && ['Resume', 'resume'],
  ['created', 'running', 'paused'].includes(status) && ['Cancel', 'cancel'],
  status !== 'running' && ['Delete', null],
].filter(Boolean);

async function change(host, replay, act) {
  try {
    if (act === null) {
      await remove(`${path}/${replay.replay_id}`);
      host.remove();
    } else {
      show(host, await post(`${path}/${replay.replay_id}/${act}`));
    }
  } catch (error) {
    show(host, replay, error.message);
  }
}

/** Looks again until the session does not run any more. */
async function watch(host, id) {
  await new Promise(resolve => setTimeout(resolve, often));
  if (signal.aborted || !host.isConnected) return;
  try {
    show(host, await patiently(() => get(`${path}/${id}`, signal)));
  } catch { /* The list stays as it was seen last. */ }
}
