import { get } from './api.js';

const often = 250;

/** The execution, again whenever it has changed, until its result is stored. */
export async function* follow(id, signal) {
  let last = '';
  while (!signal.aborted) {
    const execution = await get(`/api/v1/executions/${id}`, signal);
    const now = JSON.stringify(execution);
    if (now !== last) yield execution;
    last = now;
    if (execution.timestamps.result_stored_at) return;
    await new Promise(resolve => setTimeout(resolve, often));
  }
}
