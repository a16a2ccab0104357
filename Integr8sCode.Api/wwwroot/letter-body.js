import { el } from './dom.js';
import { bytes } from './measures.js';

/** The bytes of a key or a value: as text, or as base64, as whoever looks wants them. */
export function letterBody(name, content) {
  if (!content) return el('p', { class: 'note' }, `No ${name}.`);
  const pre = el('pre', { tabindex: '0', 'aria-label': name }, pretty(textOf(content)));
  const toggle = el('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => {
    const raw = toggle.getAttribute('aria-pressed') === 'false';
    toggle.setAttribute('aria-pressed', String(raw));
    pre.textContent = raw ? base64Of(content) : pretty(textOf(content));
  } }, 'base64');
  return el('figure', { class: 'output' },
    el('figcaption', null, name, el('small', null, ` ${bytes(content.bytes)}`), content.encoding === 'base64' && el('span', { class: 'badge' }, 'not UTF-8'), toggle), pre);
}

/** What can be read of the bytes. */
export function textOf({ text, encoding }) {
  return encoding === 'base64' ? new TextDecoder().decode(Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), character => character.charCodeAt(0))) : text;
}

function base64Of({ text, encoding }) {
  if (encoding === 'base64') return text;
  return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''));
}

/** JSON with line breaks; anything else as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
