/** Sends the target's operations. The only file that makes HTTP requests. */
import { sha256 } from 'k6/crypto';
import { b64encode } from 'k6/encoding';
import exec from 'k6/execution';
import http from 'k6/http';
import { documentOf } from './facts.js';
import { numberOf, proseOf } from './lengths.js';
import { SEED } from './load.js';
import { errorMessage } from './message.js';
import { at, ROOT } from './paths.js';
import { readStream } from './stream.js';
import { fileItems, operation, target } from './target.js';
import { emptyAnswer, unexpectedAnswer } from './unexpected.js';

const DEFAULT_TIMEOUT = '30s';

/** Whether the metadata has the message of the request before; a look into the metadata costs every request more. */
let messageKept = false;

/** Whether the metadata has the input of the request before. */
let inputKept = false;

/** The token of this virtual user, and the moment from which it asks for another. */
let token = { header: '', until: 0 };

/**
 * Calls an operation of the target, with `{name}` in path, headers and body replaced from `values`.
 * The request is named after the operation, so that one book more is not one metric more.
 *
 * @param {any[]} history messages of a conversation that follow those of the body
 */
export function call(name, values = {}, tags = {}, history = []) {
  const described = operation(name);
  if (described === undefined) throw new Error(`Target "${target.name}" has no operation "${name}".`);
  return send(name, described, values, tags, history);
}

/**
 * Calls an operation of the target whose answer is a stream, and reads it to its end.
 *
 * @param {number} cancelAfter pieces of text after which the client goes away; 0: never
 * @param {(name: string, data: string, isLine: boolean) => void} watch is told each event, and each line that is none
 * @param {any[]} history as above
 * @returns what `readStream` tells
 */
export function callStream(name, values, tags, cancelAfter, watch = () => {}, history = []) {
  const described = operation(name);
  const { method, url, body, params } = request(name, described, values, tags, history);
  const answer = readStream(described.stream, url, { method, body, ...params }, cancelAfter, watch);
  keepMessage(answer.response, !answer.whole);
  return answer;
}

/** Sends a request that the descriptor has outside its operations. */
export function callDescribed(name, described, values = {}, tags = {}) {
  return send(name, described, values, tags);
}

export function health() {
  return send('health', target.health || { method: 'GET', path: '/' }, {}, {});
}

/** Asks the target for its test data; null when it has no such request. */
export function seed() {
  return target.seed ? send('seed', target.seed, {}, {}) : null;
}

/**
 * What the operations act on: the descriptor's own values, those of its data file, or a list that the target serves.
 * Throws when there is none, for a load test of nothing must not pass.
 */
export function items() {
  const source = target.items || { values: [{}] };
  if (source.values) return source.values;
  if (source.file) return Array.from(fileItems);
  const response = send('items', source, {}, {});
  const listed = response.status === 200 ? at(documentOf(response), source.list || ROOT) : undefined;
  if (!Array.isArray(listed)) {
    throw new Error(unexpectedAnswer(target, source, response, `200 and JSON with a list at "${source.list || ROOT}"`));
  }
  if (listed.length === 0) throw new Error(emptyAnswer(target, source));
  return listed.map((entry) =>
    Object.fromEntries(Object.entries(source.fields).map(([field, from]) => [field, entry[from]])),
  );
}

function send(name, described, values, tags, history = []) {
  const { method, url, body, params } = request(name, described, values, tags, history);
  const response = http.request(method, url, body, params);
  keepMessage(response);
  return response;
}

function request(name, described, given, tags, history) {
  const values = withDrawn(described, given);
  const headers = { Accept: 'application/json' };
  if (target.token) headers.Authorization = authorization();
  for (const [header, value] of Object.entries({ ...target.headers, ...described.headers })) {
    headers[header] = fill(value, values, String);
  }
  const path = pathOf(described, values);
  const body = bodyOf(described, values, history);
  if (described.body !== undefined && described.body !== null) {
    headers['Content-Type'] = headers['Content-Type'] || 'application/json';
  }
  const base = described.baseUrl ? fill(described.baseUrl, values, String) : target.baseUrl;
  const input = tags.operation_type === 'llm' ? inputOf(described, values, history, `${path}\n${body}`) : undefined;
  headers.traceparent = newTrace(values.requestId, input);
  /** @type {any} */
  const params = { headers, timeout: described.timeout || target.timeout || DEFAULT_TIMEOUT, tags: { name, ...tags } };
  if (described.expect !== undefined) params.responseCallback = http.expectedStatuses(...expected(described, values));
  return { method: described.method, url: base + path, body, params };
}

function authorization() {
  if (Date.now() >= token.until) token = newToken();
  return token.header;
}

/** Asks for a token by client credentials (RFC 6749, section 4.4); it is used for nine tenths of its life. */
function newToken() {
  const { url, clientId, clientSecret, scope } = target.token;
  const credentials = b64encode(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
  const form = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) };
  const response = http.post(url, form, {
    headers: { Accept: 'application/json', Authorization: `Basic ${credentials}`, traceparent: newTrace() },
    timeout: target.timeout || DEFAULT_TIMEOUT,
    tags: { name: 'token' },
  });
  const { access_token: value, expires_in: seconds } = granted(response);
  if (typeof value !== 'string') {
    throw new Error(`${url} gave no token (${errorMessage(response)}): check clientId, clientSecret and scope under token of the target "${target.name}".`);
  }
  return { header: `Bearer ${value}`, until: seconds === undefined ? Infinity : Date.now() + Number(seconds) * 900 };
}

/** @returns {any} the answer's fields; none if it is an error or no JSON */
function granted(response) {
  try {
    return (response.status === 200 && response.json()) || {};
  } catch (noJson) {
    return {};
  }
}

/**
 * A short hash of what a request asks the model, by which llm-perf sees inputs that repeat: of path and body as they are sent,
 * but without the request's own id, which no cache of prompts looks at.
 */
function inputOf(described, values, history, sent) {
  const { requestId } = values;
  const nameless = { ...values, requestId: '' };
  // Most descriptors have the id in a header, and are not filled a second time.
  const asked = requestId !== undefined && sent.includes(requestId) ? `${pathOf(described, nameless)}\n${bodyOf(described, nameless, history)}` : sent;
  return sha256(asked, 'hex').slice(0, 8);
}

function pathOf(described, values) {
  return fill(described.path, values, (value) => encodeURIComponent(String(value)));
}

/** The body of a described request as it is sent; null for none. */
export function bodyOf(described, given, history = []) {
  const values = withDrawn(described, given);
  if (described.body !== undefined && described.body !== null) {
    const body = fill(described.body, values);
    // What is filled is a copy, lists too.
    if (history.length > 0) at(body, described.conversation.messages).push(...history);
    return JSON.stringify(body);
  }
  return described.rawBody === undefined ? null : fill(described.rawBody, values, String);
}

/** The values with the text and the numbers that the operation draws by the id of the request; a value that is there stays. */
function withDrawn({ lengths, numbers }, values) {
  if (lengths === undefined && numbers === undefined) return values;
  const drawn = {};
  if (lengths !== undefined && values.prose === undefined) drawn.prose = proseOf(lengths, SEED, values.requestId);
  for (const [name, distribution] of Object.entries(numbers || {})) {
    if (values[name] === undefined) drawn[name] = numberOf(distribution, SEED, values.requestId, name);
  }
  return { ...drawn, ...values };
}

/** Lets later samples of a failed request, those of its checks, carry what the answer says: the report quotes one of each kind. */
function keepMessage(response, failed = response.status >= 400) {
  if (response.status === 401) token.until = 0;
  messageKept = failed;
  if (messageKept) exec.vu.metrics.metadata.error_message = errorMessage(response);
}

/**
 * Begins a trace for one request and returns its W3C header. The ids travel with the samples of the request, those that the
 * caller adds about its answer included, as metadata: a tag would make every request a series of its own.
 */
function newTrace(requestId, input) {
  const { metadata } = exec.vu.metrics;
  // A random UUID has 122 random bits, and is a fifteenth of the cost of bytes that a script turns into hex.
  const traceId = crypto.randomUUID().replaceAll('-', '');
  metadata.trace_id = traceId;
  if (messageKept) delete metadata.error_message;
  if (requestId === undefined) delete metadata.request_id;
  else metadata.request_id = String(requestId);
  if (input !== undefined) metadata.input = input;
  else if (inputKept) delete metadata.input;
  inputKept = input !== undefined;
  return `00-${traceId}-${traceId.slice(16)}-01`;
}

/**
 * The statuses that a described request may be answered with.
 * @returns {number[]}
 */
export function expected(described, values = {}) {
  return /** @type {number[]} */ ([]).concat(fill(described.expect === undefined ? 200 : described.expect, values));
}

/** A template that is nothing but `{name}` takes the value as it is, so that a number stays a number. */
export function fill(template, values, encode = (value) => value) {
  if (Array.isArray(template)) return template.map((part) => fill(part, values));
  if (template !== null && typeof template === 'object') {
    return Object.fromEntries(Object.entries(template).map(([key, part]) => [key, fill(part, values)]));
  }
  if (typeof template !== 'string') return template;
  const whole = /^\{(\w+)\}$/.exec(template);
  if (whole) return encode(valueOf(whole[1], values));
  return template.replace(/\{(\w+)\}/g, (_, name) => String(encode(valueOf(name, values))));
}

function valueOf(name, values) {
  if (values[name] === undefined) throw new Error(`Target "${target.name}" uses {${name}}, which this script does not provide.`);
  return values[name];
}
