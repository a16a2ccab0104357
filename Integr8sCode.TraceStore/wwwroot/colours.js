// Strong enough on white and on black alike. Red is missing: it means an error.
const palette = [
  '#4c7cf0', '#12a594', '#e0891a', '#a259d9', '#3a9a3f', '#d6559b',
  '#1f9fd6', '#9c8412', '#7b6cf2', '#5f8f1d', '#b86a43', '#64798f',
];
const taken = new Map();

/** A service's colour: the same on every page, unless two of one page would share it. */
export function colourOf(service) {
  if (!taken.has(service)) {
    let hash = 7;
    for (const letter of service) hash = (Math.imul(hash, 31) + letter.codePointAt(0)) >>> 0;
    const used = new Set(taken.values());
    const free = palette.map((_, i) => palette[(hash + i) % palette.length]).find(colour => !used.has(colour));
    taken.set(service, free ?? palette[hash % palette.length]);
  }
  return taken.get(service);
}
