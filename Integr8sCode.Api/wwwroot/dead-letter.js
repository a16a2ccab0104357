import { get, post } from './api.js';
import { el } from './dom.js';
import { bytes } from './measures.js';

const byId = id => document.getElementById(id);
const path = '/api/v1/admin/dead-letters';
const retryable = ['pending', 'scheduled', 'dead'];

/** One dead letter: what failed, the message byte for byte, everything that happened to it, and what can be done. */
export async function openDeadLetter({ id, signal }) {
  byId('letter').replaceChildren(el('p', { class: 'note' }, 'Loading…'));
  try {
    show(await get(`${path}/${id}`, signal));
  } catch (error) {
    if (!signal.aborted) byId('letter').replaceChildren(el('p', { class: 'problem' }, error.status === 404 ? 'There is no such dead letter.' : error.message));
  }
}

function show(letter, problem = '') {
  const { failure, message } = letter;
  byId('letter').replaceChildren(
    el('div', { class: 'view-head' },
      el('h1', { tabindex: '-1' }, letter.event_type ?? 'Unknown event', ' ', el('span', { class: `pill ${letter.status}` }, letter.status)),
      letter.execution_id && el('a', { class: 'quiet', href: `#/executions/${letter.execution_id}` }, 'The execution'),
      letter.links.trace && el('a', { class: 'quiet', href: letter.links.trace, target: '_blank', rel: 'noopener noreferrer' }, 'Open the trace ↗')),
    el('p', { class: 'problem', role: 'alert' }, problem),
    el('div', { class: 'card pad' },
      el('p', null, el('strong', null, failure.exception_type), `: ${failure.exception_message}`),
      el('p', { class: 'facts' },
        el('span', null, `${failure.stage.replaceAll('_', ' ')} in ${letter.consumer_group}`), el('span', null, `${letter.topic} ${letter.partition}/${letter.offset}`),
        el('span', null, `failed ${new Date(failure.failed_at).toLocaleString()}`), el('span', null, letter.retry_count === 1 ? '1 retry' : `${letter.retry_count} retries`),
        letter.next_at && el('span', null, `next try ${new Date(letter.next_at).toLocaleString()}`)),
      failure.stack_trace && el('details', null, el('summary', null, 'Stack trace'), el('pre', { class: 'block', tabindex: '0' }, failure.stack_trace)),
      actions(letter)),
    el('div', { class: 'columns' },
      el('section', { class: 'card pad' }, el('h2', null, 'Message'), body('key', message.key), body('value', message.value)),
      el('section', { class: 'card pad' }, el('h2', null, 'Headers'),
        message.headers.length === 0 && el('p', { class: 'note' }, 'None.'),
        table(message.headers.map(header => [header.name, header.value === undefined ? 'null' : header.value.text])),
        el('h2', null, 'What happened to it'), transitions(letter.transitions))));
}

function actions(letter) {
  const closed = ['archived', 'discarded'].includes(letter.status);
  const reason = el('input', { 'aria-label': 'Reason for discarding it', placeholder: 'Why is it given up?', maxlength: '500' });
  const act = async (address, what) => {
    try {
      show(await post(address, what));
      byId('letter').querySelector('h1').focus();
    } catch (error) {
      show(letter, error.fields?.[0]?.message ?? error.message);
    }
  };
  return el('form', { class: 'actions', onsubmit: event => { event.preventDefault(); act(letter.links.discard, { reason: reason.value }); } },
    retryable.includes(letter.status) && el('button', { type: 'button', onclick: () => act(letter.links.retry) }, 'Retry now'),
    !closed && reason, !closed && el('button', { type: 'submit', class: 'quiet danger' }, 'Discard'));
}

function body(name, content) {
  if (content === undefined) return el('p', { class: 'note' }, `No ${name}.`);
  return el('figure', { class: 'output' },
    el('figcaption', null, name, el('small', null, ` ${bytes(content.bytes)}`), content.encoding === 'base64' && el('span', { class: 'badge' }, 'not UTF-8, shown as base64')),
    el('pre', { tabindex: '0', 'aria-label': name }, pretty(content.text)));
}

/** JSON with line breaks; anything else as it is. */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function table(rows) {
  return el('table', { class: 'table' }, el('tbody', null, ...rows.map(([name, value]) => el('tr', null, el('th', { scope: 'row' }, name), el('td', null, value)))));
}

function transitions(list) {
  return el('ol', { class: 'transitions' }, ...list.map(({ to, by, at, why }) => el('li', null,
    el('span', { class: `pill ${to}` }, to), ' ', why, el('small', null, ` ${by}, ${new Date(at).toLocaleString()}`))));
}
