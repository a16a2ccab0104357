import { duration } from './format.js';

/** 4.38 ms, 1.2 s. */
export const seconds = value => duration(Math.round(value * 1_000_000));

const units = [[1 << 20, 'MiB'], [1 << 10, 'KiB'], [1, 'B']];

/** 3.98 MiB, 12 B. */
export function bytes(value) {
  const [size, unit] = units.find(([size]) => value >= size) ?? units.at(-1);
  return `${Number((value / size).toPrecision(3))} ${unit}`;
}

export const percent = share => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
