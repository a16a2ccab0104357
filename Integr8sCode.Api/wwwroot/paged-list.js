import { get } from './api.js';
import { count } from './format.js';

const pageSize = 25;

/** A list that comes page by page. */
export class PagedList {
  #parts;
  #path;
  #parameters;
  #signal;
  #next = null;

  /** @param parts the elements { items, more, note }, the noun that is counted, in what order they come, and item(data): an element. */
  constructor(parts) {
    this.#parts = parts;
    parts.more.addEventListener('click', () => this.#load());
  }

  async open(path, parameters, signal) {
    [this.#path, this.#parameters, this.#signal, this.#next] = [path, parameters, signal, null];
    this.#parts.items.replaceChildren();
    this.#parts.more.hidden = true;
    this.#parts.note.textContent = 'Loading…';
    await this.#load();
  }

  async #load() {
    const { items, more, note, noun, order = 'newest first', item } = this.#parts;
    const signal = this.#signal;
    const query = new URLSearchParams([...this.#parameters, ['limit', pageSize], ...this.#next ? [['cursor', this.#next]] : []]);
    more.disabled = true;
    try {
      const page = await get(`${this.#path}?${query}`, signal);
      this.#next = page.next_cursor ?? null;
      items.append(...page.items.map(item));
      more.hidden = this.#next === null;
      const shown = items.childElementCount;
      note.textContent = shown === 0 ? `There is no ${noun} ${[...this.#parameters].length > 0 ? 'that matches' : 'yet'}.` : `${count(shown, noun)}, ${order}${this.#next ? '; there are more' : ''}`;
    } catch (error) {
      if (!signal.aborted) note.textContent = error.message;
    } finally {
      more.disabled = false;
    }
  }
}

/** Selects and inputs whose values stand in the address: what is chosen changes the address, and the address fills them. */
export class AddressFilter {
  #page;
  #fields;
  #query = new URLSearchParams();

  constructor(page, fields) {
    this.#page = page;
    this.#fields = fields;
    for (const [name, field] of Object.entries(fields)) field.addEventListener('change', () => this.#choose(name, field.value.trim()));
  }

  /** @returns the query as it stands in the address, without what is no field of ours. */
  show(query) {
    this.#query = new URLSearchParams([...query].filter(([name, value]) => name in this.#fields && value));
    for (const [name, field] of Object.entries(this.#fields)) field.value = this.#query.get(name) ?? '';
    return this.#query;
  }

  #choose(name, value) {
    if (value) this.#query.set(name, value);
    else this.#query.delete(name);
    location.hash = `#/${this.#page}${this.#query.size > 0 ? `?${this.#query}` : ''}`;
  }
}
