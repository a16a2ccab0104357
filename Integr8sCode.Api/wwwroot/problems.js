import { el } from './dom.js';

/** What is wrong, each with the field that it is about, in a list that is hidden while nothing is. */
export function showProblems(list, error) {
  const problems = error === null ? [] : error.fields?.length > 0 ? error.fields : [{ message: error.message }];
  list.hidden = problems.length === 0;
  list.replaceChildren(...problems.map(({ field, message }) => el('li', null, field && el('code', null, field), field && ' ', message)));
}
