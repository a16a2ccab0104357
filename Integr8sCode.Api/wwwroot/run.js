import { get, post } from './api.js';
import { el } from './dom.js';
import { Editor } from './editor.js';
import { follow } from './follow.js';
import { showProblems } from './problems.js';
import { clearResult, showResult } from './result.js';
import { clearTimeline, showTimeline } from './timeline.js';

const byId = id => document.getElementById(id);
const editor = new Editor(byId('script'), byId('painted'), byId('lines'));
let known = []; // languages
let preparing = null;
let ours = null; // the execution that was started from what stands in the editor

byId('script-form').addEventListener('submit', event => {
  event.preventDefault();
  submit();
});
byId('run').addEventListener('keydown', event => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  submit();
});
byId('language').addEventListener('change', () => {
  const untouched = editor.text.trim() === '' || known.some(language => language.example === editor.text);
  chooseLanguage(byId('language').value);
  if (untouched) showExample();
});
byId('version').addEventListener('change', limits);
byId('example').addEventListener('click', showExample);
byId('cancel').addEventListener('click', async () => {
  byId('cancel').disabled = true;
  await post(`/api/v1/executions/${byId('cancel').value}/cancel`).catch(error => problems(error));
});

/** The script form alone, or with an execution and its timeline. */
export async function openRun({ id, signal }) {
  await prepare();
  if (signal.aborted) return;
  clearTimeline();
  byId('cancel').hidden = true;
  if (id === null) return clearResult();
  try {
    await watch(id, signal);
  } catch (error) {
    if (!signal.aborted) clearResult(error.status === 404 ? 'There is no such execution, or it is somebody else’s.' : error.message);
  }
}

async function watch(id, signal) {
  byId('cancel').value = id;
  let adopted = ours === id;
  for await (const execution of follow(id, signal)) {
    if (signal.aborted) return;
    if (!adopted) adopt(execution);
    adopted = true;
    showResult(execution);
    byId('cancel').hidden = !['queued', 'scheduled', 'running'].includes(execution.status);
    byId('cancel').disabled = execution.cancel_requested === true;
    if (execution.timestamps.result_stored_at) await showTimeline(execution, signal);
  }
}

async function submit() {
  problems(null);
  byId('submit').disabled = true;
  try {
    const { execution_id: id } = await post('/api/v1/execute', body());
    ours = id;
    location.hash = `#/executions/${id}`;
  } catch (error) {
    problems(error);
  } finally {
    byId('submit').disabled = false;
  }
}

function body() {
  const lines = byId('args').value.replace(/\n$/, '');
  return {
    script: editor.text,
    language: byId('language').value,
    version: byId('version').value || undefined,
    stdin: byId('stdin').value || undefined,
    args: lines === '' ? undefined : lines.split('\n'),
    timeout_seconds: byId('timeout').value === '' ? undefined : byId('timeout').valueAsNumber,
  };
}

const problems = error => showProblems(byId('problems'), error);

/** Once; again only where it failed. */
function prepare() {
  return preparing ??= load().finally(() => { if (known.length === 0) preparing = null; });
}

async function load() {
  const list = await get('/api/v1/languages').catch(error => problems(error));
  byId('script').disabled = byId('submit').disabled = false;
  if (!list) return;
  known = list.items;
  const names = [...new Set(known.map(language => language.name))];
  byId('language').replaceChildren(...names.map(name => el('option', null, name)));
  chooseLanguage(names.includes('python') ? 'python' : names[0] ?? '');
  showExample();
}

function chooseLanguage(name, version = '') {
  byId('language').value = name;
  const versions = known.filter(language => language.name === name);
  byId('version').replaceChildren(...versions.map(language => el('option', null, language.version)));
  byId('version').value = versions.find(language => language.version === version || language.version.startsWith(`${version}.`))?.version ?? versions[0]?.version ?? '';
  editor.language = name;
  limits();
}

function chosen() {
  return known.find(language => language.name === byId('language').value && language.version === byId('version').value);
}

function limits() {
  byId('timeout').placeholder = chosen()?.limits.timeout_seconds ?? '';
  byId('timeout').max = chosen()?.limits.max_timeout_seconds ?? '';
}

function showExample() {
  editor.text = chosen()?.example ?? '';
}

/** Puts an execution's script where it can be changed and run again. */
function adopt(execution) {
  ours = execution.execution_id;
  chooseLanguage(execution.language, execution.version);
  editor.text = execution.script ?? '';
}
