/**
 * Summaries at one constant rate: a probe of `llm-perf capacity`, which looks for the highest rate that holds. An open loop:
 * requests keep arriving however slow the service is. Ends early when more answers are bad than the search needs to know.
 * If the target describes a conversation, each arrival is one, and each of its answers is judged.
 *
 *   k6 run scenarios/capacity.js --env CAPACITY_RATE=84 --env CAPACITY_PROBE=30s
 */
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { conversationMs, converse, meanTurns } from '../lib/conversation.js';
import { duration, number } from '../lib/env.js';
import { isAnswered } from '../lib/llm.js';
import { scaledMs, steadyUsers } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { capacityThresholds, SLO } from '../thresholds.js';

export const meta = {
  variables: {
    CAPACITY_RATE: { default: 60, means: 'arrivals a minute, each a summary, or a conversation if the target describes one' },
    CAPACITY_PROBE: { default: '1m', means: 'length of the probe' },
    CAPACITY_LIMIT_MS: { means: 'time in which an answer is good, in milliseconds; LLM_P95_MS if unset' },
    CAPACITY_MOST_BAD: { means: 'answers that are not good before the probe ends early; all if unset' },
    SEED: { default: 1, means: 'seed of conversations: equal seeds draw the same' },
  },
  modelPercent: 100,
  scenarios: {
    'capacity-probe': { description: 'Summaries at one rate, as llm-perf capacity probes with', perMinute: [60], length: '1m' },
  },
};

const RATE = number('CAPACITY_RATE', meta.variables.CAPACITY_RATE.default, { min: 1, max: 1000000 });
const LENGTH = Math.max(1000, scaledMs(duration('CAPACITY_PROBE', meta.variables.CAPACITY_PROBE.default)));
const LIMIT = number('CAPACITY_LIMIT_MS', SLO.llm.p95, { min: 1 });
const ARRIVALS = Math.round((RATE * LENGTH) / 60000);
// The search counts arrivals; a conversation has several answers that may be bad.
const MOST_BAD = Math.round(number('CAPACITY_MOST_BAD', ARRIVALS, { min: 0 }) * meanTurns);
const LONGEST = conversationMs(LIMIT);

const badAnswers = new Counter('bad_answers');

export const options = {
  scenarios: {
    probe: {
      executor: 'constant-arrival-rate',
      // k6 takes whole numbers, and a search asks for 84.35 a minute.
      rate: Math.round(RATE * 1000),
      timeUnit: '1000m',
      duration: `${LENGTH}ms`,
      ...steadyUsers('CAPACITY_RATE', RATE, LONGEST, LENGTH, meanTurns > 1 ? 'conversations' : 'answers'),
      gracefulStop: `${Math.max(30000, LONGEST)}ms`,
    },
  },
  thresholds: capacityThresholds(MOST_BAD),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  const n = exec.scenario.iterationInTest;
  converse(items[n % items.length], { requestId: `probe-${n}` }, (response) => {
    if (!isAnswered(response) || response.timings.duration > LIMIT) badAnswers.add(1);
  });
}
