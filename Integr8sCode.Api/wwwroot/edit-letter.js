import { post } from './api.js';
import { el } from './dom.js';
import { pretty, textOf } from './letter-body.js';
import { showProblems } from './problems.js';

/** Another event in place of a message: its text, put right by hand. It is sent with an event id of its own, and the one that failed as its cause. */
export function editForm(letter, done) {
  const value = letter.edit?.value ?? letter.message.value;
  const problems = el('ul', { class: 'problems', role: 'alert', hidden: true });
  const form = el('form', { class: 'inputs edit', 'aria-label': 'Edit and retry', onsubmit: event => { event.preventDefault(); send(form, letter, problems, done); } },
    el('label', null, 'The whole event, as JSON',
      area('event', value === undefined ? '' : pretty(textOf(value)), Math.min(24, Math.max(8, pretty(textOf(value ?? { text: '' })).split('\n').length)))),
    el('label', null, 'Why', el('input', { name: 'reason', maxlength: '500', placeholder: 'What was wrong with it?' })),
    value?.encoding === 'base64' && el('p', { class: 'note' }, 'The message is no valid UTF-8: what cannot be read stands here as �.'),
    problems,
    el('div', { class: 'actions' }, el('button', { type: 'submit' }, 'Send this instead'), el('small', null, 'with a new event id; the old one is its cause')));
  return form;
}

function area(name, text, rows) {
  const field = el('textarea', { name, rows, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', wrap: 'off' });
  field.value = text;
  return field;
}

async function send(form, letter, problems, done) {
  showProblems(problems, null);
  try {
    done(await post(letter.links.edit_and_retry, { value: JSON.parse(form.elements.event.value), reason: form.elements.reason.value }));
  } catch (error) {
    showProblems(problems, error instanceof SyntaxError ? { message: `This is no JSON: ${error.message}` } : error);
  }
}
