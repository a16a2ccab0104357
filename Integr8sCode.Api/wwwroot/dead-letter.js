import { get, patiently, post } from './api.js';
import { el } from './dom.js';
import { editForm } from './edit-letter.js';
import { letterBody } from './letter-body.js';

const byId = id => document.getElementById(id);
const path = '/api/v1/admin/dead-letters';
const retryable = ['pending', 'scheduled', 'dead'];
const archivable = ['dead', 'resolved'];
const often = 1500;
const soon = 60_000;
let shown = null;
let signal = null;

/** One dead letter: what failed, the message byte for byte, everything that happened to it, and what can be done. */
export async function openDeadLetter({ id, signal: left }) {
  signal = left;
  byId('letter').replaceChildren(el('p', { class: 'note' }, 'Loading…'));
  try {
    show(await get(`${path}/${id}`, signal));
  } catch (error) {
    if (!signal.aborted) byId('letter').replaceChildren(el('p', { class: 'problem' }, error.status === 404 ? 'There is no such dead letter.' : error.message));
  }
}

function show(letter, problem = '') {
  const { failure, message } = letter;
  shown = letter;
  if (isMoving(letter)) follow(letter);
  byId('letter').replaceChildren(
    el('div', { class: 'view-head' },
      el('h1', { tabindex: '-1' }, letter.event_type ?? 'Unknown event', ' ', el('span', { class: `pill ${letter.status}` }, letter.status)),
      letter.execution_id && el('a', { class: 'quiet', href: `#/executions/${letter.execution_id}` }, 'The execution'),
      letter.links.trace && el('a', { class: 'quiet', href: letter.links.trace, target: '_blank', rel: 'noopener noreferrer' }, 'Open the trace ↗')),
    problem && el('p', { class: 'problem', role: 'alert' }, problem),
    el('div', { class: 'card pad' },
      el('p', null, el('strong', null, failure.exception_type), `: ${failure.exception_message}`),
      el('p', { class: 'facts' },
        el('span', null, `${failure.stage.replaceAll('_', ' ')} in ${letter.consumer_group}`), el('span', null, `${letter.topic} ${letter.partition}/${letter.offset}`),
        el('span', null, `failed ${new Date(failure.failed_at).toLocaleString()}`), el('span', null, letter.retry_count === 1 ? '1 retry' : `${letter.retry_count} retries`),
        letter.next_at && el('span', null, `next try ${new Date(letter.next_at).toLocaleString()}`)),
      failure.stack_trace && el('details', null, el('summary', null, 'Stack trace'), el('pre', { class: 'block', tabindex: '0' }, failure.stack_trace)),
      actions(letter)),
    el('div', { class: 'columns' },
      el('section', { class: 'card pad' }, el('h2', null, 'Message'), letterBody('key', message.key), letterBody('value', message.value),
        letter.edit && el('h2', null, 'Sent in its place'),
        letter.edit && el('p', { class: 'ids' }, `${letter.edit.event_type}, event `, el('code', null, letter.edit.event_id)),
        letter.edit && letterBody('edited value', letter.edit.value)),
      el('section', { class: 'card pad' }, el('h2', null, 'Headers'),
        message.headers.length === 0 && el('p', { class: 'note' }, 'None.'),
        table(message.headers.map(header => [header.name, header.value === undefined ? 'null' : header.value.text])),
        el('h2', null, 'What happened to it'), transitions(letter.transitions))));
}

/** Looks again until somebody has tried it, and shows it when something has happened to it. */
async function follow(letter) {
  await new Promise(resolve => setTimeout(resolve, often));
  if (signal.aborted || shown !== letter) return;
  const now = await patiently(() => get(letter.links.self, signal)).catch(() => letter);
  if (signal.aborted || shown !== letter) return;
  if (now.transitions.length !== letter.transitions.length) show(now);
  else follow(letter);
}

const isMoving = ({ status, next_at: due }) => status === 'retrying' || (status === 'scheduled' && Date.parse(due) < Date.now() + soon);

function actions(letter) {
  const reason = el('input', { 'aria-label': 'Reason for discarding it', placeholder: 'Why is it given up?', maxlength: '500' });
  const act = async (address, what) => {
    try {
      show(await post(address, what));
      byId('letter').querySelector('h1').focus();
    } catch (error) {
      show(letter, error.fields?.[0]?.message ?? error.message);
    }
  };
  const retry = retryable.includes(letter.status);
  return el('div', { class: 'decide' },
    el('form', { class: 'actions', onsubmit: event => { event.preventDefault(); act(letter.links.discard, { reason: reason.value }); } },
      retry && el('button', { type: 'button', onclick: () => act(letter.links.retry) }, 'Retry now'),
      archivable.includes(letter.status) && el('button', { type: 'button', class: 'quiet', onclick: () => act(letter.links.archive, {}) }, 'Archive'),
      retry && reason, retry && el('button', { type: 'submit', class: 'quiet danger' }, 'Discard')),
    retry && el('details', { class: 'edit-letter' }, el('summary', null, 'Edit and retry'), editForm(letter, changed => {
      show(changed);
      byId('letter').querySelector('h1').focus();
    })));
}

function table(rows) {
  return el('table', { class: 'table' }, el('tbody', null, ...rows.map(([name, value]) => el('tr', null, el('th', { scope: 'row' }, name), el('td', null, value)))));
}

function transitions(list) {
  return el('ol', { class: 'transitions' }, ...list.map(({ to, by, at, why }) => el('li', null,
    el('span', { class: `pill ${to}` }, to), ' ', why, el('small', null, ` ${by}, ${new Date(at).toLocaleString()}`))));
}
