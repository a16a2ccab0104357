import { get, patiently } from './api.js';
import { serverSentEvents } from './sse.js';

const often = 1000;
const unavailable = [404, 429, 503];

/** What an event changes of an execution, before its result tells everything. */
const changes = {
  'execution.scheduled': time => ({ status: 'scheduled', timestamps: { scheduled_at: time } }),
  'execution.started': time => ({ status: 'running', timestamps: { started_at: time } }),
  'execution.cancel_requested': () => ({ cancel_requested: true }),
};

/** The execution, again whenever something of it has changed, with its output as it comes, until its result is stored. */
export async function* follow(id, signal) {
  const path = `/api/v1/executions/${id}`;
  const first = await patiently(() => get(path, signal));
  yield first;
  if (first.timestamps.result_stored_at) return;
  try {
    if (!first.timestamps.finished_at) yield* live(path, first, signal);
  } catch (error) {
    if (!unavailable.includes(error.status)) throw error; // too many streams for now: looking again and again does it as well
  }
  yield* look(path, signal);
}

async function* live(path, first, signal) {
  let execution = first;
  const output = new LiveOutput();
  for await (const { event, data } of serverSentEvents(`${path}/stream`, signal, item => item.event === 'end')) {
    if (event === 'state') execution = { ...first, ...data };
    else if (event === 'event') execution = changed(execution, data);
    else if (event === 'output') output.add(data);
    else if (event === 'result') execution = { script: first.script, ...data };
    if (event !== 'end') yield { ...execution, ...output.view };
  }
}

function changed(execution, { type, time }) {
  const change = changes[type]?.(time);
  return change ? { ...execution, ...change, timestamps: { ...execution.timestamps, ...change.timestamps } } : execution;
}

async function* look(path, signal) {
  let last = '';
  while (!signal.aborted) {
    const execution = await patiently(() => get(path, signal));
    const now = JSON.stringify(execution);
    if (now !== last) yield execution;
    last = now;
    if (execution.timestamps.result_stored_at) return;
    await pause(often);
  }
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Pieces of output put together; those of a later attempt replace those of an earlier one. */
class LiveOutput {
  #attempt = 0;
  view = {};

  add({ stream, attempt, text, encoding }) {
    if (attempt !== this.#attempt) this.view = {};
    this.#attempt = attempt;
    const readable = encoding === 'base64' ? new TextDecoder().decode(Uint8Array.from(atob(text), character => character.charCodeAt(0))) : text;
    this.view[stream] = (this.view[stream] ?? '') + readable;
  }
}
