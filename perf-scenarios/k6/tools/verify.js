/**
 * Asks a service for each thing that `llm-perf verify` has an item for, and leaves what came in verify.json.
 *
 *   llm-perf verify --target hub-services
 */
import { sleep } from 'k6';
import { bodyOf, call, callDescribed, callStream, expected, health, items, seed } from '../lib/client.js';
import { cleanUp, createBook, idValues, newBook } from '../lib/crud.js';
import { errorCases } from '../lib/errors.js';
import { factsOf, streamFacts } from '../lib/facts.js';
import { answerOf } from '../lib/llm.js';
import { loadStreaming } from '../lib/stream.js';
import { operation, target } from '../lib/target.js';

const ANSWERS = 3;

const LIMITED = 429;

/** Pieces of text after which the client leaves a stream, and the shortest stream that it can leave in its midst. */
const LEFT_AFTER = 2;
const SHORTEST_STREAM_MS = 500;
const LONGEST_WAIT_S = 60;

/** Less between most pieces is no model's writing, but a client that had to wait for a processor sees it too: it asks again. */
const AT_ONCE_MS = 2;
const MOST_STREAMS = 3;

export const options = { vus: 1, iterations: 1, setupTimeout: '5m' };

const summary = operation('summary');
const atOnce = summary !== undefined && summary.stream === undefined;
const streamed = ['streamedSummary', 'summary'].find((name) => operation(name) !== undefined && operation(name).stream !== undefined);
/** What acts on something that is created before. */
const CHANGING = ['update', 'delete'];
const repeatable = Object.keys(target.operations).find(
  (name) => operation(name).idempotency !== undefined && (operation('create') !== undefined || !CHANGING.includes(name)),
);
const limited = target.errors ? errorCases(target).find(({ expect }) => expect === LIMITED) : undefined;
let cannotStream = '';
if (streamed !== undefined) {
  try {
    loadStreaming([operation(streamed).stream.format]);
  } catch (missing) {
    cannotStream = missing.message;
  }
}

export function setup() {
  /** @type {any} */
  const facts = { target: target.name, described: Object.keys(target.answer || {}), health: factsOf(health()), answers: [], items: '', seed: null, unknownPath: null, malformed: null, limited: null, stream: null, idempotency: null };
  if (facts.health.status === 0) return { facts };
  const seeded = seed();
  if (seeded) facts.seed = factsOf(seeded);
  let found = [];
  try {
    found = items();
  } catch (problem) {
    facts.items = problem.message;
    return { facts };
  }
  const values = (n) => ({ description: '', ...found[n % found.length], refresh: true, requestId: `verify-${n}` });
  if (atOnce) {
    for (let n = 0; n < ANSWERS; n++) {
      const response = call('summary', values(n), { operation_type: 'other' });
      facts.answers.push(answered(summary, response, answerOf(response)));
    }
    facts.malformed = malformed(values(0));
  }
  facts.unknownPath = factsOf(callDescribed('unknownPath', { method: 'GET', path: '/llm-perf-verify/no-such-path', expect: 404 }));
  if (limited !== undefined) facts.limited = factsOf(callDescribed('limited', limited, values(0)));
  if (streamed !== undefined) facts.stream = cannotStream === '' ? streamOf(values(ANSWERS)) : { problem: cannotStream };
  const book = Math.floor(Math.random() * 1e6);
  if (repeatable !== undefined) {
    const created = CHANGING.includes(repeatable) ? idValues(createBook(book + 2, values(0), 'Written and deleted by llm-perf verify.')) : {};
    facts.idempotency = repeated({ ...values(0), ...newBook(book), ...created }, { ...values(1), ...newBook(book + 1), ...created });
  }
  return { facts, left: values(ANSWERS) };
}

/** A body that is no JSON; null for an operation that has none. */
function malformed(values) {
  if (summary.body === undefined || summary.body === null) return null;
  const { body, ...rest } = summary;
  const headers = { ...summary.headers, 'Content-Type': 'application/json' };
  return factsOf(callDescribed('malformed', { ...rest, headers, rawBody: '{"', expect: [400, 422] }, values));
}

/** The answers to a request, to the same one again and to one with another body, all under one key. */
function repeated(values, others) {
  const described = operation(repeatable);
  const headers = { ...described.headers, [described.idempotency]: crypto.randomUUID() };
  const send = (sent) => callDescribed(repeatable, { ...described, headers }, sent, { operation_type: 'other' });
  const first = send(values);
  const again = send(values);
  const differs = bodyOf(described, values) !== bodyOf(described, others);
  return { operation: repeatable, first: factsOf(first), again: factsOf(again), sameBody: first.body === again.body, other: differs ? factsOf(send(others)) : null };
}

function answered(described, response, { text, ...told }) {
  return { ...factsOf(response), expected: expected(described), textLength: typeof text === 'string' ? text.length : 0, told };
}

/** The stream whose pieces came most slowly, where they seem to come at once; the first one otherwise. */
function streamOf(values) {
  let slowest = askForStream(values);
  for (let asked = 1; asked < MOST_STREAMS && cameAtOnce(slowest); asked++) {
    const again = askForStream(values);
    if (again.gapMs > slowest.gapMs) slowest = again;
  }
  return slowest;
}

function cameAtOnce({ whole, answer, gapMs }) {
  return whole && answer.durationMs >= SHORTEST_STREAM_MS && gapMs !== null && gapMs < AT_ONCE_MS;
}

function askForStream(values) {
  const described = operation(streamed);
  const { response, answer, pieceTimes, whole } = callStream(streamed, values, { operation_type: 'other' }, 0);
  // Beside plain answers, figures at their places are no promise of the stream.
  const figures = described.stream.answer || (atOnce ? {} : target.answer) || {};
  return {
    ...streamFacts({ response, pieceTimes, whole }),
    answer: answered(described, response, answer),
    described: Object.keys(figures),
  };
}

/**
 * Leaves a stream, and waits for as long as it would have gone on: then the provider's journal, or the service's span, tells
 * when the call behind it ended. The only request of the load, for those of setup have no records.
 */
export default function ({ facts: { stream }, left }) {
  if (!stream || !stream.whole || stream.answer.durationMs < SHORTEST_STREAM_MS) return;
  callStream(streamed, { ...left, requestId: 'verify-left' }, { operation_type: 'other' }, LEFT_AFTER);
  sleep(Math.min(stream.answer.durationMs / 1000, LONGEST_WAIT_S));
}

export function teardown() {
  if (repeatable !== undefined && ['create', ...CHANGING].includes(repeatable)) cleanUp();
}

export function handleSummary({ setup_data: { facts } }) {
  return { 'verify.json': JSON.stringify(facts, null, 2) };
}
