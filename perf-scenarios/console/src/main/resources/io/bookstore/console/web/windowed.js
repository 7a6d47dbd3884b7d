import { element } from './dom.js';

// Rows that are drawn above and below the window, so that scrolling shows no gap.
const MARGIN = 15;

/**
 * A table that may have many thousand rows, of which only those near the window are in the document. The page scrolls, not the table.
 *
 * All rows have the same height, which style.css sets, so the place of a row follows from its index. The table lies in a frame that is
 * as high as all rows would be, and its margin moves it down to the rows that are seen.
 */
export class WindowedTable {
  /** The element for the page. */
  frame;

  #options;
  #head;
  #body = element('tbody');
  #table;
  #items = [];
  /** The rows in the document, by the keys of their items. */
  #rows = new Map();
  /** The index of the first row in the document. */
  #first = 0;
  /** The height of a row in pixels; 0 before there was one. */
  #height = 0;
  /** The key of the row that has the focus or had it last. */
  #current;
  #onScroll = () => this.#scrolled();
  #onResize = () => this.#resized();

  /**
   * @param {object} options
   * @param {string} options.name the class of the table
   * @param {string} options.caption
   * @param {[string, string][]} options.columns title and class of each
   * @param {(item: object) => unknown} options.key tells items from each other
   * @param {(item: object) => (Node | string)[]} options.cells the contents of a row; the first is a link
   * @param {() => void} [options.released] is called when `held` has become false
   */
  constructor(options) {
    this.#options = { released() {}, ...options };
    const titles = options.columns.map(([title, kind]) => element('th', { scope: 'col', class: kind }, title));
    this.#head = element('thead', {}, element('tr', { 'aria-rowindex': 1 }, ...titles));
    this.#table = element(
      'table',
      { class: `windowed ${options.name}`, tabindex: -1, onkeydown: (event) => this.#move(event) },
      element('caption', {}, options.caption),
      this.#head,
      this.#body,
    );
    this.frame = element('div', { class: 'frame' }, this.#table);
    // Later, for a row loses the focus in the middle of a draw, and what is released draws again.
    this.#body.addEventListener('focusout', () => queueMicrotask(() => this.#release()));
    window.addEventListener('scroll', this.#onScroll);
    window.addEventListener('resize', this.#onResize);
  }

  /** Ends it when its page is left. */
  close() {
    this.#options.released = () => {};
    window.removeEventListener('scroll', this.#onScroll);
    window.removeEventListener('resize', this.#onResize);
  }

  /** Shows these items in the place of others; `complete` is false if there are more of them. */
  show(items, complete = true) {
    this.#items = items;
    this.#table.setAttribute('aria-rowcount', complete ? items.length + 1 : -1);
    this.#draw();
  }

  /** True while a person is at a row, which has the focus or is below the first ones: new rows above it would move it. */
  get held() {
    return this.#body.contains(document.activeElement) || (this.#items.length > 0 && this.frame.getBoundingClientRect().top < 0);
  }

  /** Gives the focus to the row of an item, if there is one. */
  focusOn(key) {
    const index = this.#indexOf(key);
    if (index >= 0) {
      this.#focus(index);
    }
  }

  toTop() {
    this.#current = undefined;
    this.#table.focus({ preventScroll: true });
    scrollTo(0, 0);
    this.#draw();
  }

  /** Where the row with index 0 is or would be, in pixels below the upper edge of the window. */
  #start() {
    return this.#body.getBoundingClientRect().top - this.#first * this.#height;
  }

  #draw() {
    if (this.#height === 0 && this.#items.length > 0) {
      this.#place(0, 1);
      this.#measure();
    }
    const head = this.#start() - this.frame.getBoundingClientRect().top;
    this.frame.style.height = `${head + this.#items.length * this.#height}px`;
    const above = Math.floor(-this.#start() / (this.#height || 1));
    const seen = Math.ceil(innerHeight / (this.#height || 1));
    this.#place(above - MARGIN, above + seen + MARGIN);
  }

  #measure() {
    this.#height = this.#body.rows[0].getBoundingClientRect().height;
  }

  /** Puts the rows from one index to another into the document, and takes out all others; a row that stays is not touched. */
  #place(from, to) {
    const { key } = this.#options;
    this.#first = this.#within(from);
    const wanted = new Map(this.#items.slice(this.#first, Math.max(to, 0)).map((item) => [key(item), item]));
    this.#remove([...this.#rows.keys()].filter((id) => !wanted.has(id)));
    let next = this.#body.firstChild;
    // Counted from 1, and the head is the first.
    let index = this.#first + 2;
    for (const [id, item] of wanted) {
      const row = this.#rows.get(id) ?? this.#make(item);
      this.#rows.set(id, row);
      const number = String(index++);
      // Scrolling does not change the number of a row that stays.
      if (row.getAttribute('aria-rowindex') !== number) {
        row.setAttribute('aria-rowindex', number);
      }
      if (row === next) {
        next = row.nextSibling;
      } else {
        this.#body.insertBefore(row, next);
      }
    }
    this.#table.style.marginTop = `${this.#first * this.#height}px`;
  }

  #make(item) {
    const { cells, columns, key } = this.#options;
    const contents = cells(item);
    const [link] = contents;
    // Only a block can be cut after some lines.
    const row = contents.map((content, i) => element('td', { class: columns[i][1] }, element('div', {}, content)));
    const onfocusin = () => {
      this.#current = key(item);
    };
    // The link is for the keyboard; a mouse may click anywhere in the row.
    return element('tr', { onfocusin, onclick: ({ target }) => target === link || link.click() }, ...row);
  }

  #remove(keys) {
    for (const id of keys) {
      const row = this.#rows.get(id);
      if (row.contains(document.activeElement)) {
        // The keys go on from this row, although it is far away.
        this.#table.focus({ preventScroll: true });
      }
      row.remove();
      this.#rows.delete(id);
    }
  }

  #move(event) {
    if (this.#items.length === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const at = this.#indexOf(this.#current);
    const page = Math.max(1, Math.floor(innerHeight / this.#height) - 2);
    const targets = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - page, PageDown: at + page, Home: 0, End: this.#items.length };
    if (event.key in targets) {
      event.preventDefault();
      this.#focus(this.#within(targets[event.key]));
    }
  }

  #focus(index) {
    if (index === 0) {
      scrollTo(0, 0);
    }
    const top = this.#start() + index * this.#height;
    const covered = this.#head.getBoundingClientRect().height;
    scrollBy(0, Math.min(0, top - covered) + Math.max(0, top + this.#height - innerHeight));
    this.#draw();
    this.#rows.get(this.#options.key(this.#items[index])).querySelector('a').focus({ preventScroll: true });
  }

  #indexOf(key) {
    return this.#items.findIndex((item) => this.#options.key(item) === key);
  }

  #within(index) {
    return Math.max(0, Math.min(index, this.#items.length - 1));
  }

  #scrolled() {
    this.#draw();
    this.#release();
  }

  /** A narrow window has higher rows; the one at its upper edge stays there. */
  #resized() {
    if (this.#rows.size === 0) {
      return;
    }
    const above = -this.#start() / this.#height;
    this.#measure();
    this.#table.style.marginTop = `${this.#first * this.#height}px`;
    this.#draw();
    if (above > 0) {
      scrollBy(0, this.#start() + above * this.#height);
    }
  }

  #release() {
    if (!this.held) {
      this.#options.released();
    }
  }
}
