import { el, styled } from './dom.js';
import { dateTime, duration } from './format.js';

/** Everything that is known of one span. */
export function details(node, begin, { onclose, onzoom }) {
  const { span } = node;
  const links = span.references.filter(r => r.traceID !== span.traceID || r.spanID !== node.parent?.id);
  return [
    el('header', null,
      el('h2', null, styled(el('i', { class: 'dot' }), { background: node.colour }), node.name),
      el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', onclick: onclose }, '✕'),
      el('p', { class: 'facts' },
        el('span', null, node.service),
        el('span', { class: 'took' }, duration(node.end - node.start)),
        el('span', null, `at +${duration(node.start - begin)}`),
        node.error && el('span', { class: 'badge error' }, 'error'))),
    el('p', { class: 'ids' },
      el('code', { title: 'Span id' }, node.id), ' ', el('span', null, dateTime(node.start)), ' ',
      el('button', { type: 'button', class: 'quiet', onclick: onzoom }, 'Zoom to it')),
    node.orphan && el('p', { class: 'note' }, 'The parent of this span is not in the store: it was not sampled, not exported, or is still running.'),
    section('Tags', span.tags.length, () => table(span.tags), true),
    section('Events', span.logs.length, () => span.logs.map(log => event(log, node)), true),
    section('Links', links.length, () => links.map(link), true),
    section('Resource', node.process?.tags.length ?? 0, () => table(node.process.tags), false),
  ].filter(Boolean);
}

function section(title, count, content, open) {
  return count > 0 && el('details', { open }, el('summary', null, `${title} `, el('small', null, String(count))), ...[content()].flat());
}

function table(tags) {
  return el('table', null, el('tbody', null, ...tags.map(tag =>
    el('tr', { class: tag.key === 'error' ? 'error' : null }, el('th', { scope: 'row' }, tag.key), el('td', null, String(tag.value))))));
}

function event(log, node) {
  const [name, ...fields] = log.fields;
  return el('div', { class: 'event' },
    el('p', null, el('strong', null, String(name?.value ?? 'event')), el('small', null, ` +${duration(log.timestamp - node.start)} into the span`)),
    fields.length > 0 && table(fields));
}

function link(reference) {
  const kind = reference.refType === 'CHILD_OF' ? 'child of' : 'follows from';
  return el('p', null, `${kind} `,
    el('a', { href: `/trace/${reference.traceID}?span=${reference.spanID}` }, el('code', null, `${reference.traceID.slice(0, 16)}… / ${reference.spanID}`)));
}
