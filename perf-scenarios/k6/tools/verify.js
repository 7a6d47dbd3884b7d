/**
 * Asks a service once for each thing that `llm-perf verify` has an item for, and leaves what came in verify.json.
 *
 *   llm-perf verify --target hub-services
 */
import { call, callDescribed, callStream, health, items, seed } from '../lib/client.js';
import { factsOf, streamFacts } from '../lib/facts.js';
import { answerOf } from '../lib/llm.js';
import { loadStreaming } from '../lib/stream.js';
import { operation, target } from '../lib/target.js';

const ANSWERS = 3;

export const options = { vus: 1, iterations: 1, setupTimeout: '5m' };

const summary = operation('summary');
const atOnce = summary !== undefined && summary.stream === undefined;
const streamed = ['streamedSummary', 'summary'].find((name) => operation(name) !== undefined && operation(name).stream !== undefined);
let cannotStream = '';
if (streamed !== undefined) {
  try {
    loadStreaming();
  } catch (missing) {
    cannotStream = missing.message;
  }
}

export function setup() {
  /** @type {any} */
  const facts = { target: target.name, described: Object.keys(target.answer || {}), health: factsOf(health()), answers: [], items: '', seed: null, unknownPath: null, malformed: null, stream: null };
  if (facts.health.status === 0) return facts;
  const seeded = seed();
  if (seeded) facts.seed = factsOf(seeded);
  let found = [];
  try {
    found = items();
  } catch (problem) {
    facts.items = problem.message;
    return facts;
  }
  const values = (n) => ({ description: '', ...found[n % found.length], refresh: true, requestId: `verify-${n}` });
  if (atOnce) {
    for (let n = 0; n < ANSWERS; n++) facts.answers.push(answered(call('summary', values(n), { operation_type: 'other' })));
    facts.malformed = malformed(values(0));
  }
  facts.unknownPath = factsOf(callDescribed('unknownPath', { method: 'GET', path: '/llm-perf-verify/no-such-path', expect: 404 }));
  if (streamed !== undefined) facts.stream = cannotStream === '' ? streamOf(values(ANSWERS)) : { problem: cannotStream };
  return facts;
}

/** A body that is no JSON; null for an operation that has none. */
function malformed(values) {
  if (summary.body === undefined || summary.body === null) return null;
  const { body, ...rest } = summary;
  const headers = { ...summary.headers, 'Content-Type': 'application/json' };
  return factsOf(callDescribed('malformed', { ...rest, headers, rawBody: '{"', expect: [400, 422] }, values));
}

function answered(response) {
  const answer = answerOf(response);
  const text = typeof answer.text === 'string' ? answer.text : '';
  return { ...factsOf(response), textLength: text.length, told: { ...answer, text: undefined } };
}

function streamOf(values) {
  const { response, answer, pieceTimes, whole } = callStream(streamed, values, { operation_type: 'other' }, 0);
  return {
    ...streamFacts({ response, pieceTimes, whole }),
    textLength: typeof answer.text === 'string' ? answer.text.length : 0,
    told: { ...answer, text: undefined },
  };
}

export default function () {
  // All that is asked is asked once, in setup.
}

export function handleSummary({ setup_data: facts }) {
  return { 'verify.json': JSON.stringify(facts, null, 2) };
}
