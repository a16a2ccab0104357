import { colourOf } from './colours.js';
import { el, styled } from './dom.js';
import { ago, count, dateTime, duration } from './format.js';

const maxLanes = 8;

/** One trace of the list, with a lane per service that shows when it was at work. */
export function traceItem(trace, longest) {
  return el('li', { class: trace.errors ? 'trace failed' : 'trace' },
    el('a', { href: `/trace/${trace.traceId}` },
      el('span', { class: 'title' },
        dot(trace.service), el('span', { class: 'service' }, trace.service), ' ', el('strong', null, trace.operation),
        !trace.hasRoot && el('span', { class: 'badge', title: 'The first span has a parent that has not arrived' }, 'part'),
        trace.errors > 0 && el('span', { class: 'badge error' }, count(trace.errors, 'error'))),
      el('span', { class: 'facts' },
        el('span', { class: 'took' }, duration(trace.duration)),
        el('span', null, count(trace.spans, 'span')),
        el('time', { datetime: new Date(trace.start / 1000).toISOString(), title: dateTime(trace.start) }, ago(trace.start))),
      el('span', { class: 'share', 'aria-hidden': 'true' }, styled(el('i'), { width: `${100 * trace.duration / longest}%` })),
      el('span', { class: 'lanes' }, ...trace.services.slice(0, maxLanes).map(service => lane(service, trace))),
      trace.services.length > maxLanes && el('span', { class: 'more' }, `and ${count(trace.services.length - maxLanes, 'more service')}`)));
}

function lane(service, trace) {
  const whole = Math.max(1, trace.duration);
  const bar = styled(el('i', { class: service.errors ? 'error' : null }), {
    left: `${100 * service.offset / whole}%`,
    width: `${100 * service.duration / whole}%`,
    background: colourOf(service.name),
  });
  return el('span', { class: 'lane', title: `${service.name}: ${count(service.spans, 'span')} over ${duration(service.duration)}` },
    el('span', { class: 'name' }, service.name, el('small', null, ` ${service.spans}`)), el('span', { class: 'track' }, bar));
}

function dot(service) {
  return styled(el('i', { class: 'dot' }), { background: colourOf(service) });
}
