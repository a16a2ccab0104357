import { el } from './dom.js';
import { duration } from './format.js';

/** Everything the timeline knows of one span. */
export function spanDetails({ span, name, service, segments, start, end, error }, traceUrl, onclose) {
  return [
    el('header', null,
      el('h2', null, name),
      el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', onclick: onclose }, '✕'),
      el('p', { class: 'facts' },
        el('span', null, service), el('span', null, span.kind), el('span', { class: 'took' }, duration(end - start)),
        el('span', null, `at +${duration(start)}`), error && el('span', { class: 'badge error' }, 'error'))),
    span.error && el('p', { class: 'note' }, span.error),
    span.parent_missing && el('p', { class: 'note' }, 'The parent of this span never arrived; it is shown below the request.'),
    span.shifted_us && el('p', { class: 'note' }, `Moved by ${duration(span.shifted_us)}: its machine’s clock is behind.`),
    table('On the critical path', segments.map(({ category, from, to }) => [category.replaceAll('_', ' '), `${duration(to - from)} from +${duration(from)}`])),
    table('Attributes', Object.entries(span.attributes).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])),
    links(span.links ?? [], traceUrl),
  ].filter(Boolean);
}

function table(title, rows) {
  return rows.length > 0 && el('details', { open: true }, el('summary', null, title),
    el('table', null, el('tbody', null, ...rows.map(([key, value]) => el('tr', null, el('th', { scope: 'row' }, key), el('td', null, value))))));
}

function links(list, traceUrl) {
  return list.length > 0 && el('details', { open: true }, el('summary', null, 'Links'), ...list.map(({ trace_id: trace, span_id: id }) => {
    const text = el('code', null, `${trace.slice(0, 16)}… / ${id}`);
    return el('p', null, traceUrl ? el('a', { href: new URL(trace, traceUrl).href, target: '_blank', rel: 'noopener noreferrer' }, text) : text);
  }));
}
