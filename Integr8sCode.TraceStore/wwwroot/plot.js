import { svg } from './dom.js';
import { colourOf } from './colours.js';
import { dateTime, duration, time } from './format.js';

const height = 116, left = 16, right = 64, top = 14, bottom = 22;

/** Start against duration (logarithmic): slow and failed ones stand out. The list below holds the same traces as text. */
export function plot(traces, width) {
  const starts = traces.map(trace => trace.start);
  const [from, to] = [Math.min(...starts), Math.max(...starts)];
  const logs = traces.map(trace => Math.log10(Math.max(1, trace.duration)));
  const low = Math.floor(Math.min(...logs)), high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
  const x = start => left + (width - left - right) * (to > from ? (start - from) / (to - from) : 0.5);
  const y = log => height - bottom - (height - top - bottom) * (log - low) / (high - low);
  return svg('svg', { width, height, 'aria-hidden': 'true' },
    ...Array.from({ length: high - low + 1 }, (_, i) => line(low + i, y(low + i), width)),
    text(left, height - 5, time(from), 'start'), text(width - right, height - 5, time(to), 'end'),
    ...traces.map((trace, i) => point(trace, x(trace.start), y(logs[i]))));
}

function line(log, y, width) {
  return svg('g', null, svg('line', { x1: left, x2: width - right + 8, y1: y, y2: y }), text(width - 10, y + 4, duration(10 ** log), 'end'));
}

function text(x, y, content, anchor) {
  return svg('text', { x, y, 'text-anchor': anchor }, content);
}

function point(trace, x, y) {
  const radius = 4 + Math.min(5, Math.log10(trace.spans + 1) * 1.5);
  return svg('a', { href: `/trace/${trace.traceId}`, tabindex: '-1' },
    svg('circle', { cx: x, cy: y, r: radius, class: trace.errors ? 'error' : null, fill: colourOf(trace.service) },
      svg('title', null, `${trace.service} ${trace.operation}\n${duration(trace.duration)}, ${dateTime(trace.start)}`)));
}
