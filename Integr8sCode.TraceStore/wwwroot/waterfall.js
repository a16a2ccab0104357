import { colourOf } from './colours.js';
import { el, styled } from './dom.js';
import { duration } from './format.js';

const maxIndent = 24;
const margin = 12;

/** Draws only the rows on the screen: 5 000 spans cost as much as 50. */
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
    if (this.#selected) this.#host.setAttribute('aria-activedescendant', `s${this.#selected.span.spanID}`);
  }

  #row(node, index, height) {
    const selected = node === this.#selected;
    const marks = ['row', node.error && 'error', selected && 'selected', this.#matches.size > 0 && (this.#matches.has(node) ? 'match' : 'dim')];
    const row = el('div', {
      id: `s${node.span.spanID}`, class: marks.filter(Boolean).join(' '), role: 'treeitem', 'data-index': index,
      'aria-level': node.depth + 1, 'aria-selected': String(selected), 'aria-expanded': node.children.length ? String(node.open) : null,
      'aria-label': `${node.service} ${node.span.operationName}, ${duration(node.span.duration)}${node.error ? ', error' : ''}`,
    }, this.#name(node), this.#time(node));
    return styled(row, { transform: `translateY(${index * height}px)` });
  }

  #name(node) {
    const name = el('div', { class: 'name' },
      node.children.length
        ? el('span', { class: 'toggle' }, node.open ? '▾' : '▸')
        : el('span', { class: 'toggle none' }),
      styled(el('i', { class: 'dot' }), { background: colourOf(node.service) }),
      node.error && el('span', { class: 'alarm', title: 'error' }, '!'),
      node.orphan && el('span', { class: 'orphan', title: 'Its parent is not in the store' }, '⤷'),
      el('span', { class: 'text' }, node.span.operationName, el('small', null, ` ${node.service}`)),
      !node.open && node.children.length > 0 && el('span', { class: 'badge' }, `+${node.size - 1}`));
    return styled(name, { 'padding-left': `calc(${Math.min(node.depth, maxIndent)} * var(--indent))` });
  }

  #time(node) {
    const { from, to } = this.#view;
    const share = us => 100 * (us - from) / Math.max(1, to - from);
    const [start, end] = [share(node.start), share(node.end)];
    const track = el('div', { class: 'track' });
    if (end < 0 || start > 100) {
      track.append(el('span', { class: start > 100 ? 'off after' : 'off' }, start > 100 ? '›' : '‹'));
      return track;
    }
    const left = Math.max(0, start);
    const right = Math.min(100, end);
    track.append(styled(el('i', { class: 'bar-span' }), { left: `${left}%`, width: `${right - left}%`, background: colourOf(node.service) }));
    for (const log of node.span.logs) {
      const at = share(log.timestamp);
      if (at >= 0 && at <= 100) track.append(styled(el('i', { class: 'tick' }), { left: `${at}%` }));
    }
    const label = el('span', { class: 'took' }, duration(node.span.duration));
    // Beside the bar where there is room, else on it.
    track.append(right < 85 ? styled(label, { left: `${right}%` })
      : left > 15 ? styled(label, { right: `${100 - left}%` })
      : styled(el('span', { class: 'took inside' }, duration(node.span.duration)), { right: `${100 - right}%` }));
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
