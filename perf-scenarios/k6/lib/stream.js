/**
 * Reads an answer that comes in pieces, as its caller gets it. Uses the extension k6/x/sse, which the embedded engine has and
 * a k6 must be built with; so only a run that streams loads it.
 */
import { b64decode } from 'k6/encoding';
import { BINARY, mediaTypeOf, whyUnreadable } from './formats.js';
import { at, ROOT } from './paths.js';
import { target } from './target.js';

const UNKNOWN_LINE = 'unknown event: ';

// Put together, so that a k6 which looks for extensions in the text of a script asks nobody for one that this run does not need.
const EXTENSION = ['k6', 'x', 'sse'].join('/');

let sse;

/**
 * Loads the extension for streams of these formats; init code of a run that streams calls it. Stops the script on a k6 that cannot, before any load starts.
 * @param {string[]} formats
 */
export function loadStreaming(formats) {
  try {
    sse = globalThis.require(EXTENSION);
  } catch (missing) {
    sse = undefined;
  }
  const reason = whyUnreadable(sse, formats);
  if (reason !== '') throw new Error(reason);
}

/**
 * Sends the request and reads the stream: `text` is the path of a piece of text in the JSON of an event that has the fields
 * `only`; with the format `sse-text` the data of the event is the piece. `end` is the name, the data or the fields of the event
 * that ends a whole answer, or `connection` where none does; `answer` has the paths of figures, of which the last one told counts.
 *
 * Times are milliseconds from the request to a piece that has text: a frame of a role, a ping or reasoning is none. `watch` is told
 * the name and the data of each event, and each line that is no field of one with `true`: JSON lines, or what came in place of events.
 */
export function readStream({ format, text, only = {}, end, answer: paths = target.answer || {} }, url, params, cancelAfter, watch) {
  /** @type {any} */
  const told = {};
  const pieceTimes = [];
  // Where the data itself is the text, the data of an error and of the end, such as [DONE], is no piece of it.
  const bare = format === 'sse-text' || text === ROOT;
  let whole = false;
  let written = '';
  let other = '';
  let problem = '';
  const required = Object.entries(only);
  const figures = Object.keys(paths);
  const start = Date.now();

  const read = (client, name, data) => {
    const json = format === BINARY ? unwrapped(parsed(data)) : parsed(data);
    const last = isEnd(end, format, name, data, json);
    const failed = name === 'error' || Boolean(at(json, 'error'));
    if (last) whole = true;
    if (failed) problem = data;
    const hasText = hasFields(required, name, json) && !(bare && (last || failed));
    const piece = hasText ? (format === 'sse-text' ? data : at(json, text)) : undefined;
    if (typeof piece === 'string' && piece !== '') {
      pieceTimes.push(Date.now() - start);
      written += piece;
      if (pieceTimes.length === cancelAfter) client.close();
    }
    // For-of over entries costs an interpreted script more than the value itself.
    for (let i = 0; i < figures.length; i++) {
      const value = at(json, paths[figures[i]]);
      if (value !== undefined && value !== null) told[figures[i]] = value;
    }
  };

  const response = sse.open(url, { ...params, headers: { ...params.headers, Accept: mediaTypeOf(format) } }, (client) => {
    client.on('event', ({ name, data }) => {
      watch(name, data, false);
      read(client, name, data);
    });
    client.on('error', (failure) => {
      const message = failure.error();
      if (!message.startsWith(UNKNOWN_LINE)) {
        problem = problem || message;
        client.close();
        return;
      }
      const line = message.slice(UNKNOWN_LINE.length).trim();
      if (line === '') return;
      watch('', line, true);
      if (format === 'ndjson') read(client, '', line);
      else other += line;
    });
  });

  const duration = Date.now() - start;
  const cancelled = cancelAfter > 0 && pieceTimes.length >= cancelAfter;
  if (written !== '') told.text = written;
  if (end === 'connection' && written !== '' && problem === '') whole = true;
  return {
    answer: told,
    // As of k6/http, as far as the scripts look at it; what came in place of a stream is the body.
    response: { status: response.status, headers: response.headers || {}, body: problem || other || response.error, error: response.error, timings: { duration } },
    pieceTimes,
    cancelled,
    whole: cancelled || (whole && response.error === ''),
  };
}

/** The JSON of the model in that of a frame, where Bedrock's InvokeModelWithResponseStream puts it; the same where it is none. */
function unwrapped(json) {
  const bytes = at(json, 'bytes');
  return typeof bytes === 'string' ? parsed(b64decode(bytes, 'std', 's')) : json;
}

/** Whether an event ends a whole answer. That of an ndjson stream is a line like any other, so a field tells it: `done`. */
function isEnd(end, format, name, data, json) {
  if (typeof end === 'object') return hasFields(Object.entries(end), name, json);
  return end === name || end === data || end === json || (format === 'ndjson' && at(json, end) === true);
}

/** Whether an event has these values at their paths; `event` is its name too, which is `message` unless it has one (WHATWG HTML, 9.2.6). */
function hasFields(fields, name, json) {
  return fields.every(([path, value]) => at(json, path) === value || (path === 'event' && (name || 'message') === value));
}

/** The object, list or text in JSON; undefined if it is none. The first character spares an exception for each word of bare text. */
function parsed(data) {
  if (!/^\s*[{["]/.test(data)) return undefined;
  try {
    return JSON.parse(data);
  } catch (notJson) {
    return undefined;
  }
}
