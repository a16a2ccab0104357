import { kindsOf } from './syntax.js';

const indent = '    ';

/**
 * A textarea that people can write code in: line numbers, colours, indenting. What is typed stays in the textarea; the colours are ranges
 * over a copy of the text behind it (CSS custom highlights), so no character of a script ever becomes markup.
 */
export class Editor {
  #area;
  #painted;
  #lines;
  #language = '';
  #leaving = false;

  constructor(area, painted, lines) {
    [this.#area, this.#painted, this.#lines] = [area, painted, lines];
    area.addEventListener('input', () => this.#paint());
    area.addEventListener('keydown', event => this.#key(event));
    area.addEventListener('blur', () => { this.#leaving = false; });
    this.#paint();
  }

  get text() { return this.#area.value; }

  set text(text) {
    this.#area.value = text;
    this.#paint();
  }

  set language(language) {
    this.#language = language;
    this.#paint();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') this.#leaving = true;
    else if (event.key === 'Tab' && !this.#leaving) this.#take(event, () => event.shiftKey ? this.#outdent() : this.#indent());
    else if (event.key === 'Enter') this.#take(event, () => this.#type(`\n${this.#indentOfLine()}`));
    else if (event.key !== 'Shift') this.#leaving = false;
  }

  #take(event, act) {
    event.preventDefault();
    act();
  }

  #indent() {
    const { from, block } = this.#block();
    if (!block.includes('\n')) return this.#type(indent);
    this.#replace(from, block, block.replaceAll(/^(?=.)/gm, indent));
  }

  #outdent() {
    const { from, block } = this.#block();
    this.#replace(from, block, block.replaceAll(/^(?: {1,4}|\t)/gm, ''));
  }

  /** The selected lines, whole. */
  #block() {
    const { value, selectionStart, selectionEnd } = this.#area;
    const from = value.lastIndexOf('\n', selectionStart - 1) + 1;
    const end = value.indexOf('\n', Math.max(selectionStart, selectionEnd - 1));
    return { from, block: value.slice(from, end < 0 ? value.length : end) };
  }

  #indentOfLine() {
    const { value, selectionStart } = this.#area;
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    return line.match(/^[ \t]*/)[0] + (/[:{]\s*$/.test(line) ? indent : '');
  }

  #replace(from, block, text) {
    if (text === block) return;
    const { selectionStart, selectionEnd } = this.#area;
    const several = selectionStart !== selectionEnd;
    this.#area.setSelectionRange(from, from + block.length);
    this.#type(text);
    const caret = Math.max(from, selectionStart + text.length - block.length);
    this.#area.setSelectionRange(several ? from : caret, several ? from + text.length : caret);
  }

  /** As if typed, so that undo knows it. */
  #type(text) {
    if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return;
    this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, 'end');
    this.#paint();
  }

  #paint() {
    const { value } = this.#area;
    this.#painted.textContent = `${value}\n`;
    this.#lines.textContent = Array.from(value.matchAll(/\n|$/g), (_, i) => i + 1).join('\n');
    [this.#area.scrollLeft, this.#area.scrollTop] = [0, 0];
    if (!('highlights' in CSS)) return;
    const text = this.#painted.firstChild;
    for (const [kind, places] of Object.entries(kindsOf(value, this.#language))) {
      CSS.highlights.set(kind, new Highlight(...places.map(([startOffset, endOffset]) =>
        new StaticRange({ startContainer: text, startOffset, endContainer: text, endOffset }))));
    }
  }
}
