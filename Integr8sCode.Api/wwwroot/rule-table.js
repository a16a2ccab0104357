import { el } from './dom.js';

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

/** Rate limit rules as rows that are changed in place. */
export class RuleTable {
  #rows;

  constructor(table) {
    this.#rows = table.createTBody();
    table.createTHead().append(el('tr', null, ...fields.map(([, title]) => el('th', { scope: 'col' }, title)), el('th')));
  }

  get rules() { return [...this.#rows.rows].map(ruleOf); }

  set rules(rules) { this.#rows.replaceChildren(...rules.map(row)); }

  add() {
    this.#rows.append(row(fresh));
    this.#rows.lastElementChild.querySelector('input').focus();
  }
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

/** A select; a choice that nobody foresaw is shown as it is. */
export function choice(options, chosen) {
  const all = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen]];
  return el('select', null, ...all.map(([value, name]) => el('option', { value, selected: value === chosen }, name)));
}
