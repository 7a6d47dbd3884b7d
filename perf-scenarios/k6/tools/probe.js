/**
 * Asks each operation of a target once, and leaves in probe.json what came and how each field of it was read.
 *
 *   llm-perf doctor --target hub-services
 */
import { call, callStream, expected, health, items } from '../lib/client.js';
import { idValues, plainValues } from '../lib/crud.js';
import { choice } from '../lib/env.js';
import { eventsIn } from '../lib/events.js';
import { documentOf, factsOf, streamFacts } from '../lib/facts.js';
import { reading } from '../lib/paths.js';
import { loadStreaming } from '../lib/stream.js';
import { operation, operationsOfRoles, target } from '../lib/target.js';

const OF_THE_MODEL = ['summary', 'streamedSummary'];
const READING = ['browse', 'browseAuthors', 'get', 'search', 'listCreated'];
// In this order, so that nothing is changed or deleted but what this probe has created.
const CHANGING = ['create', 'update', 'delete'];
const MOST_EVENTS = 2000;
const LONGEST_TEXT = 1000;
const LONGEST_EXCERPT = 300;
const PAGE = /^\s*<(!doctype html|html|head|body)\b/i;

export const options = { vus: 1, iterations: 1, setupTimeout: '10m' };

// Of a name that the descriptor gave it, nothing is known but that a GET changes nothing.
const OF_ROLES = operationsOfRoles().filter((name) => ![...READING, ...CHANGING].includes(name) && operation(name).method === 'GET');

const PROBES = {
  all: [...OF_THE_MODEL, ...READING, ...new Set(OF_ROLES), ...CHANGING],
  plain: [...READING, ...new Set(OF_ROLES), ...CHANGING],
  summary: ['summary'],
};
const probed = PROBES[choice('PROBE', 'all', Object.keys(PROBES))].filter((name) => operation(name) !== undefined);
const formats = probed.filter((name) => operation(name).stream !== undefined).map((name) => operation(name).stream.format);
if (formats.length > 0) loadStreaming(formats);

export function setup() {
  /** @type {any} */
  const facts = { health: factsOf(health()), items: '', operations: [] };
  if (facts.health.status === 0) return facts;
  let item;
  try {
    item = items()[0];
  } catch (problem) {
    facts.items = problem.message;
    return facts;
  }
  let created;
  for (const name of probed) {
    if (['update', 'delete'].includes(name) && created === undefined) {
      facts.operations.push({ name, skipped: '"create" gave nothing that it may change' });
      continue;
    }
    const values = OF_THE_MODEL.includes(name)
      ? { description: '', ...item, refresh: true }
      : { ...plainValues(0, item), ...(created === undefined ? {} : idValues(created)) };
    /** @type {any} */
    const asked = ask(name, { ...values, requestId: `probe-${name}` });
    if (name === 'create' && asked.response !== undefined && asked.expected.includes(asked.response.status)) {
      created = (asked.documents[0] || {}).id;
    }
    facts.operations.push(asked);
  }
  for (const name of Object.keys(target.operations).filter((other) => !PROBES.all.includes(other))) {
    facts.operations.push({ name, skipped: operationsOfRoles().includes(name) ? 'a role asks it in a mixed run, and it may change data' : 'no scenario asks an operation of that name' });
  }
  return facts;
}

function ask(name, values) {
  const described = operation(name);
  try {
    const answer = described.stream === undefined ? askAtOnce(name, values) : askForStream(name, described.stream, values);
    return { name, method: described.method, expected: expected(described, values), ...answer };
  } catch (problem) {
    // Such as a {value} in its path that nothing provides.
    return { name, problem: problem.message };
  }
}

function askAtOnce(name, values) {
  const response = call(name, values, { operation_type: 'other' });
  const json = documentOf(response);
  const documents = json === undefined ? [] : [json];
  const raw = json === undefined ? eventsIn(response.body || '') : { events: [], lines: [] };
  return {
    response: factsOf(response),
    defect: defectOf(name, response, raw),
    raw: shortened(raw),
    documents,
    fields: OF_THE_MODEL.includes(name) ? fieldsIn(documents, target.answer || {}) : [],
  };
}

function askForStream(name, { format, text, answer: paths = target.answer || {} }, values) {
  const documents = [];
  /** @type {{ events: any[], lines: string[] }} */
  const raw = { events: [], lines: [] };
  let last = null;
  const watch = (event, data, isLine) => {
    if (isLine) raw.lines.push(data);
    // A comment comes as an event without data.
    else if (data !== '' || event !== '') raw.events.push({ event, data });
    if (isLine && format !== 'ndjson') return;
    last = { event, data: data.slice(0, 300) };
    const json = documentOf({ body: data });
    if (json !== undefined) documents.push(json);
  };
  const { response, answer, pieceTimes, whole } = callStream(name, values, { operation_type: 'other' }, 0, watch);
  const { text: _, ...figures } = paths;
  return {
    response: factsOf(response),
    defect: defectOf(name, response, raw),
    stream: streamFacts({ response, pieceTimes, whole }),
    last,
    raw: shortened(raw),
    documents: ends(documents).map(withShortTexts),
    fields: [{ name: 'text', ...textReading(format, text, documents, answer) }, ...fieldsIn(documents, figures)],
  };
}

/** Why an answer that began well is none; null if nothing is wrong. */
function defectOf(name, response, raw) {
  if (response.error) return `its answer broke off: ${response.error}`;
  const failed = [...raw.events, ...raw.lines.map((data) => ({ event: '', data }))].find(isError);
  if (failed !== undefined) return `its stream tells an error: ${failed.data.slice(0, LONGEST_EXCERPT)}`;
  return OF_THE_MODEL.includes(name) && isPage(response, raw) ? 'it is HTML in place of JSON' : null;
}

/** Whether an event says that the stream failed; `"error": null` does not. */
function isError({ event, data }) {
  return event === 'error' || Boolean((documentOf({ body: data }) || {}).error);
}

/** Whether it is HTML. Some services send a stream of another kind under that content type. */
function isPage({ headers, body }, { events, lines }) {
  const text = lines[0] || body || '';
  const type = (headers || {})['Content-Type'] || '';
  return PAGE.test(text) || (type.includes('html') && events.length === 0 && text.trim().startsWith('<'));
}

/** The first events or lines of a stream, and the last ones, which have its usage and its end. */
function shortened({ events, lines }) {
  return {
    events: ends(events).map(({ event, data }) => ({ event, data: withShortData(data) })),
    lines: ends(lines).map(withShortData),
    size: events.length + lines.length,
  };
}

function ends(list) {
  return list.length <= MOST_EVENTS ? list : [...list.slice(0, MOST_EVENTS / 2), ...list.slice(-MOST_EVENTS / 2)];
}

/** JSON that is cut is none, so each text in it is cut. */
function withShortData(data) {
  if (data.length <= LONGEST_TEXT) return data;
  try {
    return JSON.stringify(withShortTexts(JSON.parse(data)));
  } catch (notJson) {
    return data.slice(0, LONGEST_TEXT);
  }
}

function withShortTexts(json) {
  return JSON.parse(JSON.stringify(json), (key, value) => (typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value));
}

function textReading(format, path, documents, { text }) {
  if (format === 'sse-text') return { path: 'data', value: text || '' };
  return text === undefined ? reading(documents, path) : { path, value: text };
}

function fieldsIn(documents, paths) {
  return Object.entries(paths).map(([name, path]) => ({ name, ...reading(documents, path) }));
}

export default function () {
  // All that is asked is asked once, in setup.
}

export function handleSummary({ setup_data: facts }) {
  return { 'probe.json': JSON.stringify(facts, null, 2) };
}
