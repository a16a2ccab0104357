import { el, styled } from './dom.js';
import { duration } from './format.js';

const maxIndent = 24;
const margin = 12;

/**
 * Rows of { id, name, service, aside, colour, start, end, error, orphan, parent, children, depth, open, size, marks }, parents before children.
 * The aside stands behind the name; a mark { from, to, look, colour } is drawn on the row's time. Draws only the rows on the screen: 5 000 spans cost as much as 50.
 */
export class Waterfall {
  #host;
  #nodes = [];
  #matches = new Set();
  #view;
  #selected = null;
  #frame = 0;

  constructor(host, { onselect, ontoggle, onhover }) {
    this.#host = host;
    addEventListener('scroll', () => this.draw(), { passive: true });
    addEventListener('resize', () => this.draw());
    host.addEventListener('click', event => {
      const node = this.#nodeAt(event);
      if (!node) return;
      if (event.target.closest('.toggle')) ontoggle(node);
      else onselect(node);
    });
    host.addEventListener('pointermove', event => onhover(this.#nodeAt(event), event));
    host.addEventListener('pointerleave', () => onhover(null));
  }

  /** @param view the part of time that is shown: { from, to } in microseconds. */
  show({ nodes, matches, view, selected }) {
    this.#nodes = nodes;
    this.#matches = matches;
    this.#view = view;
    this.#selected = selected;
    this.draw();
  }

  scrollTo(node) {
    const index = this.#nodes.indexOf(node);
    if (index < 0) return;
    const top = this.#host.getBoundingClientRect().top + index * this.#rowHeight;
    const head = this.#host.previousElementSibling.getBoundingClientRect().bottom;
    const low = innerHeight - 2 * this.#rowHeight - this.#covered;
    if (top < head) scrollBy(0, top - head - this.#rowHeight);
    else if (top > low) scrollBy(0, top - low);
  }

  draw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#drawNow();
    });
  }

  #drawNow() {
    const height = this.#rowHeight;
    const top = -this.#host.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / height) - margin);
    const last = Math.min(this.#nodes.length, Math.ceil((top + innerHeight) / height) + margin);
    styled(this.#host, { height: `${this.#nodes.length * height}px` });
    this.#host.replaceChildren(...this.#nodes.slice(first, last).map((node, i) => this.#row(node, first + i, height)));
    if (this.#selected) this.#host.setAttribute('aria-activedescendant', `s${this.#selected.id}`);
  }

  #row(node, index, height) {
    const selected = node === this.#selected;
    const looks = ['row', node.error && 'error', selected && 'selected', this.#matches.size > 0 && (this.#matches.has(node) ? 'match' : 'dim')];
    const row = el('div', {
      id: `s${node.id}`, class: looks.filter(Boolean).join(' '), role: 'treeitem', 'data-index': index,
      'aria-level': node.depth + 1, 'aria-selected': String(selected), 'aria-expanded': node.children.length ? String(node.open) : null,
      'aria-label': `${node.service} ${node.name}, ${duration(node.end - node.start)}${node.error ? ', error' : ''}`,
    }, this.#name(node), this.#time(node));
    return styled(row, { transform: `translateY(${index * height}px)` });
  }

  #name(node) {
    const name = el('div', { class: 'name' },
      node.children.length
        ? el('span', { class: 'toggle' }, node.open ? '▾' : '▸')
        : el('span', { class: 'toggle none' }),
      node.colour && styled(el('i', { class: 'dot' }), { background: node.colour }),
      node.error && el('span', { class: 'alarm', title: 'error' }, '!'),
      node.orphan && el('span', { class: 'orphan', title: 'Its parent is not there' }, '⤷'),
      el('span', { class: 'text' }, node.name, node.aside && el('small', null, ` ${node.aside}`)),
      !node.open && node.children.length > 0 && el('span', { class: 'badge' }, `+${node.size - 1}`));
    return styled(name, { 'padding-left': `calc(${Math.min(node.depth, maxIndent)} * var(--indent))` });
  }

  #time(node) {
    const share = us => 100 * (us - this.#view.from) / Math.max(1, this.#view.to - this.#view.from);
    const marks = node.marks.map(mark => ({ ...mark, left: share(mark.from), right: share(mark.to) }));
    const start = marks.reduce((least, mark) => Math.min(least, mark.left), Infinity);
    const end = marks.reduce((most, mark) => Math.max(most, mark.right), -Infinity);
    const track = el('div', { class: 'track' });
    if (end < 0 || start > 100) {
      track.append(el('span', { class: start > 100 ? 'off after' : 'off' }, start > 100 ? '›' : '‹'));
      return track;
    }
    track.append(...marks.filter(mark => mark.right >= 0 && mark.left <= 100).map(drawn));
    track.append(label(duration(node.end - node.start), Math.max(0, start), Math.min(100, end)));
    return track;
  }

  #nodeAt(event) {
    const row = event.target.closest?.('.row');
    return row ? this.#nodes[row.dataset.index] : null;
  }

  get #rowHeight() {
    return Number.parseFloat(getComputedStyle(this.#host).getPropertyValue('--row'));
  }

  /** On a phone the details cover the lower part of the screen. */
  get #covered() {
    const details = document.getElementById('details');
    return !details.hidden && details.offsetWidth === innerWidth ? details.offsetHeight : 0;
  }
}

/** The rows that are not inside a collapsed one. */
export function visible(rows) {
  const shown = [];
  for (let i = 0; i < rows.length;) {
    shown.push(rows[i]);
    i += rows[i].open ? 1 : rows[i].size;
  }
  return shown;
}

function drawn({ left, right, look, colour }) {
  const from = Math.max(0, left);
  const mark = styled(el('i', { class: look }), { left: `${from}%`, width: `${Math.min(100, right) - from}%` });
  return colour ? styled(mark, { background: colour }) : mark;
}

/** Beside the bar where there is room, else on it. */
function label(text, left, right) {
  const took = el('span', { class: 'took' }, text);
  if (right < 85) return styled(took, { left: `${right}%` });
  if (left > 15) return styled(took, { right: `${100 - left}%` });
  took.classList.add('inside');
  return styled(took, { right: `${100 - right}%` });
}
