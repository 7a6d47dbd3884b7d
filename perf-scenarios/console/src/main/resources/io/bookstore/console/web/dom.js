/**
 * Makes an element. Texts become text nodes, so nothing that a service sent is ever read as HTML.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on...` adds a listener; false, null and undefined leave an attribute out
 * @param {...(Node | string | null | undefined)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, String(value));
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Moves the focus to the next or previous of some elements when an arrow key is pressed in one of them. */
export function moveByArrows(event, selector) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) {
    return;
  }
  const all = [...event.currentTarget.querySelectorAll(selector)];
  const next = all[all.indexOf(document.activeElement) + step];
  if (next && all.includes(document.activeElement)) {
    event.preventDefault();
    next.focus();
  }
}
