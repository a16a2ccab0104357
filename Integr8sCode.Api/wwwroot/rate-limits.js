import { get, put } from './api.js';
import { el } from './dom.js';

const byId = id => document.getElementById(id);
const path = '/api/v1/admin/rate-limits';
const groups = ['execution', 'result', 'stream', 'admin', 'api'];
const algorithms = { sliding_window: 'sliding window', token_bucket: 'token bucket' };
const fields = [
  ['name', 'Rule', name => el('input', { value: name, maxlength: '64', spellcheck: 'false', autocomplete: 'off' })],
  ['group', 'Routes', group => choice(groups.map(name => [name, name]), group)],
  ['requests', 'Requests', number => el('input', { type: 'number', min: '1', value: number })],
  ['window_seconds', 'In seconds', number => el('input', { type: 'number', min: '1', value: number })],
  ['burst', 'Burst', number => el('input', { type: 'number', min: '1', step: 'any', value: number })],
  ['priority', 'Priority', number => el('input', { type: 'number', min: '0', value: number })],
  ['algorithm', 'Counts with', name => choice(Object.entries(algorithms), name)],
  ['enabled', 'On', on => el('input', { type: 'checkbox', checked: on })],
];
const fresh = { name: '', group: 'api', requests: 60, window_seconds: 60, burst: 1, priority: 0, algorithm: 'sliding_window', enabled: true };
let version = 0;

/** The rules of the installation, as a table that is changed and saved as a whole. */
export async function openRateLimits({ signal }) {
  byId('limits-head').replaceChildren(...fields.map(([, title]) => el('th', { scope: 'col' }, title)), el('th'));
  try {
    show(await get(path, signal));
    note('A change counts in every process within seconds.');
  } catch (error) {
    if (!signal.aborted) note(error.message);
  }
}

byId('limits-add').addEventListener('click', () => {
  byId('limits-rules').append(row(fresh));
  byId('limits-rules').lastElementChild.querySelector('input').focus();
});
byId('limits-form').addEventListener('submit', async event => {
  event.preventDefault();
  problems([]);
  try {
    show(await put(path, { version, enabled: byId('limits-on').checked, rules: [...byId('limits-rules').rows].map(ruleOf) }));
    note(`Saved as version ${version}.`);
  } catch (error) {
    problems(error.fields?.length > 0 ? error.fields : [{ message: error.message }]);
  }
});

function show(rules) {
  version = rules.version;
  byId('limits-on').checked = rules.enabled;
  byId('limits-rules').replaceChildren(...rules.rules.map(row));
}

function row(rule) {
  const line = el('tr', null, ...fields.map(([name, title, input]) => {
    const field = input(rule[name]);
    field.name = name;
    field.ariaLabel = title;
    return el('td', { 'data-title': title }, field);
  }), el('td', null, el('button', { type: 'button', class: 'quiet danger', 'aria-label': `Remove ${rule.name}`, onclick: () => line.remove() }, 'Remove')));
  return line;
}

function ruleOf(line) {
  return Object.fromEntries([...line.querySelectorAll('[name]')].map(field =>
    [field.name, field.type === 'checkbox' ? field.checked : field.type === 'number' ? field.valueAsNumber : field.value.trim()]));
}

function choice(options, chosen) {
  const all = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen]];
  return el('select', null, ...all.map(([value, name]) => el('option', { value, selected: value === chosen }, name)));
}

function problems(list) {
  byId('limits-problems').hidden = list.length === 0;
  byId('limits-problems').replaceChildren(...list.map(({ field, message }) => el('li', null, field && el('code', null, field), field && ' ', message)));
}

function note(text) {
  byId('limits-note').textContent = text;
}
