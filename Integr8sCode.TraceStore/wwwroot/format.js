const units = [[60_000_000, 'min'], [1_000_000, 's'], [1_000, 'ms'], [1, 'µs']];

/** Microseconds as people say them, with three digits: 850 µs, 1.25 ms, 12.3 s. */
export function duration(us) {
  if (us === 0) return '0';
  const [size, unit] = units.find(([size]) => Math.abs(us) >= size) ?? units.at(-1);
  const value = us / size;
  return `${Number(value.toPrecision(Math.abs(value) >= 100 ? Math.ceil(Math.log10(Math.abs(value) + 1)) : 3))} ${unit}`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const exact = new Intl.DateTimeFormat(undefined, {
  year: 'numeric', month: 'short', day: 'numeric',
  hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23',
});

export function time(us) {
  return clock.format(new Date(us / 1000));
}

export function dateTime(us) {
  return exact.format(new Date(us / 1000));
}

export function ago(us) {
  const seconds = Math.max(0, Math.round((Date.now() - us / 1000) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 86400 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86400)} d ago`;
}

export function count(number, noun) {
  return `${number.toLocaleString()} ${noun}${number === 1 ? '' : 's'}`;
}
