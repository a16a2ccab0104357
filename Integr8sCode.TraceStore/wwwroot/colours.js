// Strong enough on white and on black alike. Red is missing: it means an error.
const palette = [
  '#4c7cf0', '#12a594', '#e58a1f', '#a259d9', '#3d9f4b', '#d6559b',
  '#1f9fd6', '#b8763a', '#7b6cf2', '#7a9a1f', '#c79a00', '#64798f',
];
const key = 'service-colours';
const maxRemembered = 200;
const known = recall();

/** A service's colour. The browser remembers it, so that it is the same on every page and every day. */
export function colourOf(service) {
  if (!known.has(service)) {
    if (known.size >= maxRemembered) known.clear();
    known.set(service, known.size % palette.length);
    try {
      localStorage.setItem(key, JSON.stringify([...known]));
    } catch { /* Storage is switched off: colours then last as long as the page. */ }
  }
  return palette[known.get(service)];
}

function recall() {
  try {
    return new Map(JSON.parse(localStorage.getItem(key)).filter(([, index]) => index in palette));
  } catch {
    return new Map();
  }
}
