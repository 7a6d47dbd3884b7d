/** One LLM request and everything it tells: latency, tokens, cost, cache, attempts. Unknown is absent, never 0. */
import { check } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import { call } from './client.js';
import { choice } from './env.js';
import { target } from './target.js';

export const variables = {
  SUMMARY_CACHE: { default: 'bypass', means: 'bypass asks the model every time, use takes summaries from the cache' },
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
const interTokenLatency = new Trend('llm_inter_token_latency', true);
const tokensPerSecond = new Trend('llm_tokens_per_second');

// A load test asks the model every time unless told otherwise: answers from a cache would measure the cache.
const refresh = choice('SUMMARY_CACHE', variables.SUMMARY_CACHE.default, ['bypass', 'use']) === 'bypass';

// The tokens that the descriptor says an answer has.
const toldTokens = ['inputTokens', 'outputTokens'].filter((name) => (target.answer || {})[name]);

/** Asks for a summary of `item` and records what came back. Returns the response. */
export function summarize(item, values) {
  const response = call('summary', { description: '', ...item, ...values, refresh }, { operation_type: 'llm' });
  const answer = answerOf(response);
  const good = check(response, {
    'summary answered 200': (r) => r.status === 200,
    'summary has a text': () => typeof answer.text === 'string' && answer.text.length > 0,
  });
  checkForm(response, answer);
  errors.add(!good);
  responseTime.add(response.timings.duration);
  if (good) operations.add(1);
  record(response, answer);
  return response;
}

/** Checks what callers need besides status and text, so that what is missing has a name in the report. */
function checkForm(response, answer) {
  if (response.status === 200 && toldTokens.length && !isCached(answer.cache)) {
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
  if (!(target.answer || {}).costUsd || costUsd > 0 || isCached(cache)) return;
  if (!(inputTokens > 0 || outputTokens > 0)) return;
  const names = Object.entries({ model, provider }).filter(([, name]) => typeof name === 'string' && name !== '');
  answersWithoutCost.add(1, Object.fromEntries(names));
}

function record(response, answer) {
  // The service counts its own calls in flight; a virtual user sees no other one's.
  addKnown(concurrentRequests, Number(response.headers['X-Llm-Active-Requests'] || NaN));
  addKnown(ttft, answer.timeToFirstTokenMs);
  addKnown(inputTokens, answer.inputTokens);
  addKnown(outputTokens, answer.outputTokens);
  addKnown(costUsd, answer.costUsd);
  recordMissingCost(answer);
  addKnown(retries, answer.attempts - 1);
  recordSpeed(response, answer);
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

/** Whether a cache gave the answer, or the call of another request. */
function isCached(cache) {
  return cache === 'hit' || cache === 'coalesced';
}

function addKnown(metric, value) {
  if (Number.isFinite(value)) metric.add(value);
}

/** The fields of the answer under the names of the descriptor; {} when the body is no JSON. */
function answerOf(response) {
  let body;
  try {
    body = response.json();
  } catch (notJson) {
    return {};
  }
  return Object.fromEntries(Object.entries(target.answer || {}).map(([name, path]) => [name, at(body, path)]));
}

function at(value, path) {
  return path.split('.').reduce((part, key) => (part === undefined || part === null ? undefined : part[key]), value);
}
