import { el } from './dom.js';
import { bytes, seconds } from './measures.js';

const byId = id => document.getElementById(id);
const steps = [['requested_at', 'queued'], ['scheduled_at', 'scheduled'], ['started_at', 'running'], ['finished_at', null]];
let ticking = 0;

export function clearResult(problem = null) {
  clearInterval(ticking);
  state(problem ?? 'Nothing has run yet', problem === null ? '' : 'failed');
  byId('elapsed').textContent = '';
  byId('result').replaceChildren(el('p', { class: 'empty' }, problem === null
    ? 'Run the script: what it prints appears here, and below it where the time went.' : 'Choose another one from the history, or run the script.'));
}

export function showResult(execution) {
  const { status, timestamps } = execution;
  state(sentence(execution), status);
  clearInterval(ticking);
  if (timestamps.finished_at) byId('elapsed').textContent = seconds(since(timestamps.requested_at, timestamps.finished_at));
  else ticking = setInterval(() => { byId('elapsed').textContent = seconds(Math.max(0, (Date.now() - Date.parse(timestamps.requested_at)) / 1000)); }, 100);
  const places = scrolled();
  byId('result').replaceChildren(...[
    progress(execution),
    execution.message && el('p', { class: 'note' }, execution.message),
    ...outputs(execution),
    facts(execution),
  ].filter(Boolean));
  for (const pre of byId('result').querySelectorAll('.output pre')) pre.scrollTop = places.get(pre.ariaLabel) ?? (timestamps.finished_at ? 0 : pre.scrollHeight);
}

/** Where a person has scrolled an output to; whoever is at its end stays at its end. */
function scrolled() {
  const moved = [...byId('result').querySelectorAll('.output pre')].filter(pre => pre.scrollTop + pre.clientHeight < pre.scrollHeight - 4);
  return new Map(moved.map(pre => [pre.ariaLabel, pre.scrollTop]));
}

function state(text, look) {
  byId('state').className = `state ${look}`;
  if (byId('state').textContent !== text) byId('state').textContent = text; // said aloud only when it changes
}

function sentence({ status, outcome, exit_code: code, signal, error_type: error, cancel_requested: cancelling }) {
  if (cancelling) return 'Cancelling';
  if (outcome === 'signaled') return `Ended by signal ${signal}`;
  if (status === 'completed') return outcome === 'exited' ? `Completed, exit code ${code}` : `Completed: ${words(outcome)}`;
  if (status === 'failed') return `Failed: ${words(outcome && outcome !== 'exited' ? outcome : error)}`;
  return { queued: 'Queued', scheduled: 'Waiting for a sandbox', running: 'Running', timeout: 'Timed out', cancelled: 'Cancelled' }[status] ?? status;
}

const words = text => (text ?? 'unknown').replaceAll('_', ' ');

function progress({ status, timestamps }) {
  return el('ol', { class: 'steps' }, ...steps.map(([time, name], i) => {
    const reached = timestamps[time];
    const label = name ?? (reached ? status : 'ended');
    const current = reached && !timestamps[steps[i + 1]?.[0]] && !timestamps.finished_at;
    return el('li', { class: reached ? (name === null ? `reached ${status}` : 'reached') : null, 'aria-current': current ? 'step' : null },
      el('strong', null, label), el('span', null, reached ? (i === 0 ? clock(reached) : `+${seconds(since(timestamps.requested_at, reached))}`) : '–'));
  }));
}

function outputs(execution) {
  const compiler = execution.compile;
  const parts = [
    compiler && output('compiler', compiler.output, { truncated: compiler.output_truncated, bytes: compiler.output_bytes }),
    output('stdout', execution.stdout, { truncated: execution.stdout_truncated, encoding: execution.stdout_encoding, bytes: execution.stdout_bytes }),
    output('stderr', execution.stderr, { truncated: execution.stderr_truncated, encoding: execution.stderr_encoding, bytes: execution.stderr_bytes }),
  ].filter(Boolean);
  return parts.length > 0 || !execution.timestamps.finished_at ? parts : [el('p', { class: 'empty' }, 'It printed nothing.')];
}

function output(name, content, { truncated, encoding, bytes: size }) {
  return Boolean(content) && el('figure', { class: `output ${name}` },
    el('figcaption', null, name, size >= 0 && el('small', null, ` ${bytes(size)}`),
      encoding === 'base64' && el('span', { class: 'badge' }, 'not UTF-8, shown as base64'),
      truncated && el('span', { class: 'badge error' }, 'cut at the limit')),
    el('pre', { tabindex: '0', 'aria-label': name }, content));
}

function facts({ exit_code: code, resource_usage: used, attempts, retry_of: repeated, timestamps, execution_id: id }) {
  if (!timestamps.finished_at) return null;
  const list = [
    code !== undefined && ['exit code', String(code), code === 0 ? 'good' : 'bad'],
    used?.run_seconds !== undefined && ['ran', seconds(used.run_seconds)],
    used?.cpu_seconds !== undefined && ['CPU', seconds(used.cpu_seconds)],
    used?.peak_memory_bytes !== undefined && ['peak memory', bytes(used.peak_memory_bytes)],
    timestamps.started_at && ['waited', seconds(since(timestamps.requested_at, timestamps.started_at))],
    attempts > 1 && ['attempts', String(attempts)],
  ].filter(Boolean);
  return el('div', null,
    el('dl', { class: 'numbers' }, ...list.map(([name, value, look]) => el('div', { class: look }, el('dt', null, name), el('dd', null, value)))),
    el('p', { class: 'ids' }, 'Execution ', el('code', null, id), repeated && ', repeats ', repeated && el('a', { href: `#/executions/${repeated}` }, el('code', null, repeated))));
}

const since = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;
const clock = time => new Date(time).toLocaleTimeString();
