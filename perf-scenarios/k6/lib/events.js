/** The events of a stream that was read as a whole. No k6 in here. */

const FIELD = /^(data|event|id|retry)?:/m;

/**
 * The events of a body by the standard (WHATWG HTML, 9.2.6), or its lines where it has none. An event without data, or without the
 * empty line that ends it, is none.
 */
export function eventsIn(body) {
  const lines = body.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (!FIELD.test(body)) return { events: [], lines: lines.filter((line) => line.trim() !== '') };
  const events = [];
  let event = '';
  let data = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
    if (line !== '') continue;
    if (data.length > 0) events.push({ event, data: data.join('\n') });
    event = '';
    data = [];
  }
  return { events, lines: [] };
}
