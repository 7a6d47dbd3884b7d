/**
 * Recordings of requests: JSON lines, an access log, the journal of the simulator, or spans of OTLP. Each becomes a list of
 * requests in the order of their time. Every error names the line and the remedy. No k6 in here.
 */

const KEYS = ['offsetMs', 'operation', 'method', 'path', 'values'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MODEL_OPERATIONS = ['summary', 'streamedSummary'];

// The Common Log Format, which the Combined one begins with.
const LOG_LINE = /^\S+ \S+ .+? \[(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)\] "([A-Z]+) (\S+) HTTP\/[\d.]+" /;

/**
 * The requests of a recording, in milliseconds from its beginning.
 * @returns {{ms: number, line: number, operation?: string, method?: string, path?: string, values?: any}[]}
 */
export function read(source) {
  const lines = source
    .split('\n')
    .map((text, i) => ({ text: text.trim(), line: i + 1 }))
    .filter(({ text }) => text !== '');
  if (lines.length === 0) throw new Error('is empty: record some requests first');
  const requests = lines[0].text.startsWith('{') ? ofJson(source, lines) : ofLog(lines);
  if (requests.length === 0) {
    throw new Error('has no request: a journal needs first attempts of chats, a trace server spans with http.request.method and url.path, or client spans with gen_ai.operation.name');
  }
  return requests;
}

/**
 * The same requests as operations of a target. Where a path has a field of the target's items, such as {bookId}, the k-th
 * different value is the k-th item, so that what was asked often is asked often, of a service with other data too.
 * @param {any} operations those of the target, by name
 * @param {string[]} itemFields
 */
export function resolve(requests, operations, itemFields) {
  const routes = Object.entries(operations)
    .map(([name, { method, path }]) => route(name, method, path))
    .sort((a, b) => a.fields.length - b.fields.length);
  const ranks = new Map();
  const rankOf = (value) => {
    if (!ranks.has(value)) ranks.set(value, ranks.size);
    return ranks.get(value);
  };
  return requests.map((request) => {
    const { ms, line, operation, values = {} } = request;
    if (operation !== undefined) return { ms, ...known(operation, operations, line), values };
    const [path, query = ''] = request.path.split('?');
    const found = routes.find(({ method, pattern }) => method === request.method && pattern.test(path));
    if (found === undefined) return { ms, ...unknown(request), values };
    const recorded = { ...ofPath(found, path), ...ofQuery(found, query) };
    const key = itemFields.find((field) => recorded[field] !== undefined);
    const item = key === undefined ? {} : { item: rankOf(recorded[key]) };
    for (const field of itemFields) delete recorded[field];
    return { ms, ...known(found.name, operations, line), ...item, values: { ...recorded, ...values } };
  });
}

function ofJson(source, lines) {
  // The file of an exporter may be one document, written over many lines.
  const documents = parsed(lines[0].text) === undefined
    ? [{ json: parsed(source), line: 1 }]
    : lines.map(({ text, line }) => ({ json: parsed(text), line }));
  for (const { json, line } of documents) {
    if (json === undefined) throw new Error(`is broken at line ${line}: it is no JSON object; correct or delete the line`);
  }
  const [{ json: first }] = documents;
  if (first.resourceSpans !== undefined) return ofSpans(documents);
  if (first.requestKey !== undefined) return ofJournal(documents);
  return inOrder(documents.map(ofOwn), 0);
}

function ofOwn({ json, line }) {
  const { offsetMs, operation, method, path, values = {} } = json;
  const key = Object.keys(json).find((name) => !KEYS.includes(name));
  if (key !== undefined) throw new Error(`has an unknown key "${key}" at line ${line}: known are ${KEYS.join(', ')}`);
  if (!Number.isFinite(offsetMs) || offsetMs < 0) {
    throw new Error(`needs the key "offsetMs" at line ${line}, a number of at least 0, was ${JSON.stringify(offsetMs)}`);
  }
  if (typeof operation !== 'string' && (typeof method !== 'string' || typeof path !== 'string')) {
    throw new Error(`asks for nothing at line ${line}: give it "operation", or "method" and "path"`);
  }
  return { ms: offsetMs, line, operation, method, path, values };
}

/** Attempts are written as they end, so they are put into the order of their time; a retry is no request of a client. */
function ofJournal(documents) {
  const requests = documents
    .filter(({ json }) => json.attempt === 1 && json.operation === 'chat')
    .map(({ json, line }) => ({ ms: moment(json.time, line), line, operation: 'summary', values: { requestId: json.requestKey } }));
  return fromFirst(requests);
}

/** The requests that came from outside of the trace: server spans without a parent in the file, else calls of a model. */
function ofSpans(documents) {
  const spans = documents.flatMap(({ json, line }) =>
    (json.resourceSpans || []).flatMap((resource) =>
      (resource.scopeSpans || []).flatMap((scope) => (scope.spans || []).map((span) => ({ span, line }))),
    ),
  );
  const ids = new Set(spans.map(({ span }) => span.spanId));
  const requests = spans
    .filter(({ span }) => isKind(span, 2, 'SPAN_KIND_SERVER') && !ids.has(span.parentSpanId || ''))
    .map(({ span, line }) => ({ ms: nanos(span, line), line, method: ofMethod(span), path: ofTarget(span) }))
    .filter(({ method, path }) => method !== undefined && path !== undefined);
  if (requests.length > 0) return fromFirst(requests);
  return fromFirst(
    spans
      .filter(({ span }) => isKind(span, 3, 'SPAN_KIND_CLIENT') && ['chat', 'generate_content'].includes(attribute(span, 'gen_ai.operation.name')))
      .map(({ span, line }) => ({ ms: nanos(span, line), line, operation: 'summary' })),
  );
}

function isKind({ kind }, number, name) {
  return kind === number || kind === name;
}

function ofMethod(span) {
  return attribute(span, 'http.request.method') || attribute(span, 'http.method');
}

function ofTarget(span) {
  const query = attribute(span, 'url.query');
  const path = attribute(span, 'url.path');
  if (path === undefined) return attribute(span, 'http.target');
  return query ? `${path}?${query}` : path;
}

function attribute({ attributes = [] }, key) {
  const found = attributes.find((each) => each.key === key);
  return found && found.value ? found.value.stringValue : undefined;
}

function nanos({ startTimeUnixNano }, line) {
  const ms = Number(startTimeUnixNano) / 1e6;
  if (!(ms > 0)) throw new Error(`is broken at line ${line}: startTimeUnixNano is ${JSON.stringify(startTimeUnixNano)}, no time`);
  return ms;
}

/** A log has whole seconds: the requests of one are spread over it, for all at its begin would be a burst that never was. */
function ofLog(lines) {
  const requests = inOrder(lines.map(ofLogLine));
  const perSecond = new Map();
  for (const { ms } of requests) perSecond.set(ms, (perSecond.get(ms) || 0) + 1);
  let second = -1;
  let inSecond = 0;
  return requests.map((request) => {
    inSecond = request.ms === second ? inSecond + 1 : 0;
    second = request.ms;
    return { ...request, ms: second + (1000 * (inSecond + 0.5)) / perSecond.get(second) };
  });
}

function ofLogLine({ text, line }) {
  const found = LOG_LINE.exec(text);
  if (found === null) {
    throw new Error(`is broken at line ${line}: it is no line in the Common or Combined Log Format; correct or delete it`);
  }
  const [, day, month, year, time, hours, minutes, method, path] = found;
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  return { ms: moment(`${year}-${number}-${day}T${time}${hours}:${minutes}`, line), line, method, path };
}

/** Milliseconds of a time in ISO 8601. A fraction is added by hand: the standard knows three digits of it. */
function moment(text, line) {
  const ms = Date.parse(String(text).replace(/\.\d+/, ''));
  if (Number.isNaN(ms)) throw new Error(`is broken at line ${line}: "${text}" is no time`);
  return ms + 1000 * Number((/\.\d+/.exec(text) || ['0'])[0]);
}

function inOrder(requests, zero = requests[0].ms) {
  requests.forEach(({ ms, line }, i) => {
    if (i > 0 && ms < requests[i - 1].ms) throw new Error(`is not sorted: line ${line} is earlier than the one before it; sort the file by time`);
  });
  return requests.map((request) => ({ ...request, ms: request.ms - zero }));
}

function fromFirst(requests) {
  const sorted = [...requests].sort((a, b) => a.ms - b.ms);
  return sorted.length === 0 ? [] : inOrder(sorted);
}

function parsed(text) {
  try {
    const json = JSON.parse(text);
    return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : undefined;
  } catch (notJson) {
    return undefined;
  }
}

function route(name, method, template) {
  const [path, query = ''] = template.split('?');
  const fields = [...path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field);
  const pattern = path.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([^/]+)');
  return { name, method, fields, pattern: new RegExp(`^${pattern}$`), query: [...query.matchAll(/([^&=]+)=\{(\w+)\}/g)] };
}

function ofPath({ fields, pattern }, path) {
  const [, ...found] = pattern.exec(path);
  return Object.fromEntries(fields.map((field, i) => [field, decoded(found[i])]));
}

/** The values that the operation takes from its query; its other parameters are its own. */
function ofQuery(found, query) {
  const recorded = new Map(query.split('&').map((pair) => /** @type {[string, string]} */ (pair.split('=', 2))));
  return Object.fromEntries(
    found.query.filter(([, name]) => recorded.get(name) !== undefined).map(([, name, field]) => [field, decoded(recorded.get(name))]),
  );
}

function decoded(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch (malformed) {
    return text;
  }
}

function known(operation, operations, line) {
  if (operations[operation] === undefined) {
    throw new Error(`asks at line ${line} for the operation "${operation}", which the target has not: it has ${Object.keys(operations).join(', ')}`);
  }
  // A load test deletes only what it has created.
  if (operations[operation].method === 'DELETE') throw new Error(`deletes at line ${line}, which is not repeated: delete that line`);
  return { operation, model: MODEL_OPERATIONS.includes(operation) };
}

function unknown({ method, path, line }) {
  if (method !== 'GET' && method !== 'HEAD') {
    throw new Error(`has ${method} ${path} at line ${line}, whose body is not recorded: describe it under operations of the target, or delete that line`);
  }
  return { method, path, model: false };
}
