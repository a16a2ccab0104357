import { get, put } from './api.js';
import { el } from './dom.js';
import { seconds } from './measures.js';
import { showProblems } from './problems.js';
import { choice } from './rule-table.js';

const byId = id => document.getElementById(id);
const path = '/api/v1/admin/dead-letters/policies';
const day = 86_400;
const shown = 5;
const strategies = {
  immediate: 'at once', fixed_interval: 'at an interval', exponential_backoff: 'backing off', scheduled: 'by the clock', manual: 'by hand',
};
const needs = {
  max_retries: ['immediate', 'fixed_interval', 'exponential_backoff', 'scheduled'],
  base_delay_seconds: ['fixed_interval', 'exponential_backoff', 'scheduled'], max_delay_seconds: ['exponential_backoff'], multiplier: ['exponential_backoff'],
};

/** When dead letters are tried again, a card for each topic. */
export async function openRetryPolicies({ signal }) {
  byId('policies-note').textContent = 'Loading…';
  try {
    const { items } = await get(path, signal);
    byId('policies').replaceChildren(...items.map(card));
    byId('policies-note').textContent = 'A change holds at once, for every process and also for letters that wait.';
  } catch (error) {
    if (!signal.aborted) byId('policies-note').textContent = error.message;
  }
}

function card(policy) {
  const problems = el('ul', { class: 'problems', role: 'alert', hidden: true });
  const preview = el('p', { class: 'note', 'aria-live': 'polite' });
  const form = el('form', { class: 'card pad policy', 'aria-label': `Retry policy of ${policy.topic}` },
    el('h2', null, policy.topic, ' ', policy.version === 0 && el('span', { class: 'badge' }, 'default')),
    el('div', { class: 'inputs' },
      labelled('Tried again', 'strategy', choice(Object.entries(strategies), policy.strategy)),
      labelled('At most, times', 'max_retries', number(policy.max_retries, 0, 1)),
      labelled('First delay, seconds', 'base_delay_seconds', number(policy.base_delay_seconds, 0.1, 'any')),
      labelled('Times each delay', 'multiplier', number(policy.multiplier, 1, 'any')),
      labelled('Longest delay, seconds', 'max_delay_seconds', number(policy.max_delay_seconds, 0.1, 'any')),
      labelled('Dead after, days', 'max_age_days', number(policy.max_age_seconds / day, 0, 'any'))),
    preview,
    problems,
    el('div', { class: 'actions' }, el('button', { type: 'submit' }, 'Save'),
      policy.updated_by && el('small', null, `changed by ${policy.updated_by}, ${new Date(policy.updated_at).toLocaleString()}`)));
  const update = () => {
    for (const [name, uses] of Object.entries(needs)) form.elements[name].closest('label').hidden = !uses.includes(form.elements.strategy.value);
    preview.textContent = sentence(read(form, policy));
  };
  form.addEventListener('input', update);
  form.addEventListener('submit', event => {
    event.preventDefault();
    save(form, policy, problems);
  });
  update();
  return form;
}

async function save(form, policy, problems) {
  showProblems(problems, null);
  try {
    const saved = card(await put(`${path}/${encodeURIComponent(policy.topic)}`, read(form, policy)));
    form.replaceWith(saved);
    saved.querySelector('.actions').append(el('span', { class: 'good', role: 'status' }, 'Saved.'));
    saved.querySelector('[type=submit]').focus();
  } catch (error) {
    showProblems(problems, error);
  }
}

function read(form, { version }) {
  const value = name => form.elements[name].valueAsNumber;
  return {
    version, strategy: form.elements.strategy.value, max_retries: value('max_retries'), base_delay_seconds: value('base_delay_seconds'),
    max_delay_seconds: value('max_delay_seconds'), multiplier: value('multiplier'), max_age_seconds: value('max_age_days') * day,
  };
}

/** What the numbers come to. */
function sentence({ strategy, max_retries: most, base_delay_seconds: base, max_delay_seconds: longest, multiplier }) {
  if (strategy === 'manual') return 'Every letter waits for an operator.';
  if (!(most > 0)) return 'Nothing is tried again: every letter is dead at once.';
  const end = 'then it is dead.';
  if (strategy === 'immediate') return `Tried again at once, ${most} times, ${end}`;
  if (strategy === 'fixed_interval') return `Tried again every ${seconds(base)}, ${most} times, ${end}`;
  if (strategy === 'scheduled') return `Tried again whenever the clock (UTC) comes to a multiple of ${seconds(base)}, ${most} times, ${end}`;
  const delays = Array.from({ length: Math.min(most, shown) }, (_, i) => seconds(Math.min(longest, base * multiplier ** i)));
  return `Tried again after up to ${delays.join(', ')}${most > shown ? `, … (${most} times)` : ''}, ${end}`;
}

const number = (value, min, step) => el('input', { type: 'number', required: true, min, step, value });

function labelled(text, name, field) {
  field.name = name;
  return el('label', null, text, ' ', field);
}
