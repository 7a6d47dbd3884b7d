/** One LLM request and everything it tells: latency, tokens, cost, cache, attempts. Unknown is absent, never 0. */
import { check } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import { responseTimeOf } from './arrivals.js';
import { call, callStream, expected } from './client.js';
import { choice, number } from './env.js';
import { at } from './paths.js';
import { loadStreaming } from './stream.js';
import { operation, target } from './target.js';

export const variables = {
  SUMMARY_CACHE: { default: 'bypass', means: 'bypass asks the model every time, use takes summaries from the cache' },
  SUMMARY_STREAM: { default: 'no', means: 'yes asks for summaries as a stream, by the operation streamedSummary, as of a target without summary' },
  CANCEL_AFTER: { default: 0, means: 'pieces of text after which the client of a stream goes away; 0: never' },
};

const errors = new Rate('llm_errors');
const responseTime = new Trend('llm_response_time', true);
const operations = new Counter('llm_operations');
const concurrentRequests = new Gauge('llm_concurrent_requests');
const ttft = new Trend('llm_ttft', true);
const inputTokens = new Counter('llm_input_tokens');
const outputTokens = new Counter('llm_output_tokens');
const costUsd = new Counter('llm_cost_usd');
const answersWithoutCost = new Counter('llm_answers_without_cost');
const cacheHits = new Rate('llm_cache_hits');
const providerTime = new Trend('llm_provider_time', true);
const appOverhead = new Trend('llm_app_overhead', true);
const transportTime = new Trend('llm_transport_time', true);
const retries = new Counter('llm_retries');
const chunkGap = new Trend('llm_chunk_gap', true);
const cancelled = new Counter('llm_cancelled');
const interTokenLatency = new Trend('llm_inter_token_latency', true);
const tokensPerSecond = new Trend('llm_tokens_per_second');

// A load test asks the model every time unless told otherwise: answers from a cache would measure the cache.
const refresh = choice('SUMMARY_CACHE', variables.SUMMARY_CACHE.default, ['bypass', 'use']) === 'bypass';

const onlyStreams = operation('summary') === undefined && operation('streamedSummary') !== undefined;
const summaryName = choice('SUMMARY_STREAM', variables.SUMMARY_STREAM.default, ['no', 'yes']) === 'yes' || onlyStreams ? 'streamedSummary' : 'summary';
const summary = operation(summaryName);
if (summaryName === 'streamedSummary' && !(summary && summary.stream)) {
  throw new Error(`Target "${target.name}" has no operation "streamedSummary" with "stream", so SUMMARY_STREAM=yes has nothing to ask: describe it, or leave the variable out.`);
}
const streams = summary !== undefined && summary.stream !== undefined;
const statuses = summary === undefined ? [] : expected(summary);
if (streams) loadStreaming([summary.stream.format]);

const cancelAfter = number('CANCEL_AFTER', variables.CANCEL_AFTER.default, { min: 0 });
if (cancelAfter > 0 && !streams) throw new Error('CANCEL_AFTER is for a stream: set SUMMARY_STREAM=yes too.');

// The figures that the descriptor says an answer has: a stream may have its own.
const figures = (streams && summary.stream.answer) || target.answer || {};
const toldTokens = ['inputTokens', 'outputTokens'].filter((name) => figures[name]);

/** How the requests go on as a conversation; undefined if they do not. */
export const conversation = summary && summary.conversation;

/** Asks for a summary of `item` and records what came back. Returns the response. */
export function summarize(item, values) {
  return ask(item, values).response;
}

/**
 * The same as a turn of a conversation that has those messages behind it.
 *
 * @param {any[]} history
 * @returns {{response: any, text: any, good: boolean, heard: boolean}} `heard` unless the client went away before the end
 */
export function ask(item, values, history = []) {
  const asked = { description: '', ...item, ...values, refresh };
  try {
    return streams ? askForStream(asked, history) : askAtOnce(asked, history);
  } catch (unanswered) {
    errors.add(true);
    throw unanswered;
  }
}

function askAtOnce(values, history) {
  const response = call(summaryName, values, { operation_type: 'llm' }, history);
  const answer = answerOf(response);
  const good = judge(response, answer, {});
  recordSpeed(response, answer);
  addKnown(ttft, answer.timeToFirstTokenMs);
  return { response, text: answer.text, good, heard: true };
}

function askForStream(values, history) {
  const { response, answer, pieceTimes, whole, ...end } = callStream(summaryName, values, { operation_type: 'llm' }, cancelAfter, undefined, history);
  if (end.cancelled) cancelled.add(1);
  const good = judge(response, answer, { 'stream came to its end': () => !isAnswered(response) || whole });
  if (pieceTimes.length > 0) ttft.add(pieceTimes[0]);
  for (let i = 1; i < pieceTimes.length; i++) chunkGap.add(pieceTimes[i] - pieceTimes[i - 1]);
  if (whole && !end.cancelled) recordStreamSpeed(response, answer, pieceTimes);
  return { response, text: answer.text, good, heard: !end.cancelled };
}

/** Whether a summary came with a status that the descriptor expects. */
export function isAnswered({ status }) {
  return statuses.includes(status);
}

function judge(response, answer, more) {
  const good = check(response, {
    [`summary answered ${statuses.join(' or ')}`]: isAnswered,
    'summary has a text': () => typeof answer.text === 'string' && answer.text.length > 0,
    ...more,
  });
  checkForm(response, answer);
  errors.add(!good);
  responseTime.add(responseTimeOf(response));
  if (good) operations.add(1);
  record(response, answer);
  return good;
}

/** Checks what callers need besides status and text, so that what is missing has a name in the report. */
function checkForm(response, answer) {
  if (isAnswered(response) && cancelAfter === 0 && toldTokens.length && !isCached(answer.cache)) {
    check(response, { 'summary tells its tokens': () => toldTokens.every((name) => Number.isFinite(answer[name])) });
  }
  if (response.status === 429) {
    check(response, { 'refusal (429) has Retry-After': (r) => r.headers['Retry-After'] !== undefined });
  }
  if (response.status >= 400) {
    check(response, { 'failed summary is told as JSON': (r) => /\bjson\b/.test(r.headers['Content-Type'] || '') });
  }
}

/**
 * Counts an answer that used tokens and tells no cost, or 0, though the descriptor says where it would be. A model without a
 * price has none, so llm-perf looks the model up before it says a word.
 */
function recordMissingCost({ cache, costUsd, inputTokens, model, outputTokens, provider }) {
  if (!figures.costUsd || costUsd > 0 || isCached(cache)) return;
  if (!(inputTokens > 0 || outputTokens > 0)) return;
  const names = Object.entries({ model, provider }).filter(([, name]) => typeof name === 'string' && name !== '');
  answersWithoutCost.add(1, Object.fromEntries(names));
}

function record(response, answer) {
  // The service counts its own calls in flight; a virtual user sees no other one's.
  addKnown(concurrentRequests, Number(response.headers['X-Llm-Active-Requests'] || NaN));
  addKnown(inputTokens, answer.inputTokens);
  addKnown(outputTokens, answer.outputTokens);
  addKnown(costUsd, answer.costUsd);
  recordMissingCost(answer);
  addKnown(retries, answer.attempts - 1);
  if (['hit', 'coalesced', 'miss', 'bypass'].includes(answer.cache)) cacheHits.add(isCached(answer.cache));
  if (Number.isFinite(answer.providerMs)) {
    providerTime.add(answer.providerMs);
    appOverhead.add(Math.max(0, response.timings.duration - answer.providerMs));
  }
  // What is left of the time when the service has told all of its own: network, queues, this machine.
  addKnown(transportTime, response.timings.duration - serverTotal(response));
}

/** Milliseconds that the service says it took, by the standard header; NaN if it does not say. */
function serverTotal(response) {
  const total = /(?:^|,)\s*total;(?:[^,]*;)?\s*dur=([\d.]+)/.exec(response.headers['Server-Timing'] || '');
  return total ? Number(total[1]) : NaN;
}

/** How fast tokens came to this caller. An answer from a cache, or one that took a retry, says nothing about that. */
function recordSpeed(response, { attempts = 1, cache, outputTokens, providerMs, timeToFirstTokenMs }) {
  if (attempts > 1 || isCached(cache) || !(outputTokens > 1)) return;
  const streamedMs = providerMs - timeToFirstTokenMs;
  if (streamedMs > 0) interTokenLatency.add(streamedMs / (outputTokens - 1));
  addKnown(tokensPerSecond, (1000 * outputTokens) / response.timings.duration);
}

/** The same where this caller saw the pieces come. */
function recordStreamSpeed(response, { attempts = 1, cache, outputTokens }, pieceTimes) {
  if (attempts > 1 || isCached(cache) || !(outputTokens > 1) || pieceTimes.length < 2) return;
  interTokenLatency.add((pieceTimes[pieceTimes.length - 1] - pieceTimes[0]) / (outputTokens - 1));
  addKnown(tokensPerSecond, (1000 * outputTokens) / response.timings.duration);
}

/** Whether a cache gave the answer, or the call of another request. */
function isCached(cache) {
  return cache === 'hit' || cache === 'coalesced';
}

function addKnown(metric, value) {
  if (Number.isFinite(value)) metric.add(value);
}

/**
 * The fields of the answer under the names of the descriptor; {} when the body is no JSON.
 * @returns {any}
 */
export function answerOf(response) {
  let body;
  try {
    body = response.json();
  } catch (notJson) {
    return {};
  }
  return Object.fromEntries(Object.entries(target.answer || {}).map(([name, path]) => [name, at(body, path)]));
}
