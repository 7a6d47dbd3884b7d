/**
 * The summary endpoint alone, at four loads: SCENARIO=llm_smoke (default), llm_load, llm_stress or llm_spike.
 *
 *   k6 run tests/ai-summary.js --env SCENARIO=llm_load --env BASE_URL=http://localhost:7002
 *
 * These are closed loops: a user waits for its answer, so a slow service is asked less. With `_open` (llm_load_open)
 * requests arrive at the pace that the same users have while all is well, whatever the service does; ARRIVALS=poisson or
 * gamma draws when. If the target describes a conversation, each iteration is one.
 */
import exec from 'k6/execution';
import { awaitArrival, openLoop, refuseArrivals } from '../lib/arrivals.js';
import { converse } from '../lib/conversation.js';
import { choice } from '../lib/env.js';
import { think, users } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { llmThresholds, openLoopThresholds } from '../thresholds.js';

export const meta = {
  variables: {
    SCENARIO: { default: 'llm_smoke', means: 'the load: llm_smoke, llm_load, llm_stress or llm_spike, each also with _open' },
    ARRIVALS: { default: 'constant', means: 'gaps between the requests of an open loop: constant, poisson or gamma' },
    BURSTINESS: { default: 1, means: 'shape of gamma arrivals, 0.05 to 100: 1 is poisson, less comes in bursts, more is more even' },
    SEED: { default: 1, means: 'seed of poisson and gamma arrivals and of conversations: equal seeds draw the same' },
  },
  thinkSeconds: [[3, 8]],
  modelPercent: 100,
  scenarios: {
    'ai-smoke': { description: 'Summaries: does it work at all', users: [1, 2], length: '3m', env: { SCENARIO: 'llm_smoke' }, suite: 'ai-all' },
    'ai-load': { description: 'Summaries under a sustained load', users: [3, 5], length: '12m', env: { SCENARIO: 'llm_load' }, suite: 'ai-all' },
    'ai-stress': { description: 'Summaries until it breaks', users: [5, 15], length: '17m', env: { SCENARIO: 'llm_stress' }, suite: 'ai-all' },
    'ai-spike': { description: 'Summaries in a sudden surge', users: [2, 20, 2], length: '8m', env: { SCENARIO: 'llm_spike' }, suite: 'ai-all' },
    'ai-stream-smoke': { description: 'As ai-smoke, with answers that stream: first token and gaps as the caller sees them', users: [1, 2], length: '3m', env: { SCENARIO: 'llm_smoke', SUMMARY_STREAM: 'yes' } },
    'ai-stream-load': { description: 'As ai-load, with answers that stream', users: [3, 5], length: '12m', env: { SCENARIO: 'llm_load', SUMMARY_STREAM: 'yes' } },
    'ai-stream-smoke-open': { description: 'As ai-stream-smoke, but requests arrive whatever the service does', perMinute: [7, 14], length: '3m', env: { SCENARIO: 'llm_smoke_open', SUMMARY_STREAM: 'yes' } },
    'ai-stream-load-open': { description: 'As ai-stream-load, but requests arrive whatever the service does', perMinute: [21, 35], length: '12m', env: { SCENARIO: 'llm_load_open', SUMMARY_STREAM: 'yes' } },
    'ai-smoke-open': { description: 'As ai-smoke, but requests arrive whatever the service does', perMinute: [7, 14], length: '3m', env: { SCENARIO: 'llm_smoke_open' } },
    'ai-load-open': { description: 'As ai-load, but requests arrive whatever the service does', perMinute: [21, 35], length: '12m', env: { SCENARIO: 'llm_load_open' } },
    'ai-stress-open': { description: 'As ai-stress, but requests arrive whatever the service does', perMinute: [35, 105], length: '17m', env: { SCENARIO: 'llm_stress_open' } },
    'ai-spike-open': { description: 'As ai-spike, but requests arrive whatever the service does', perMinute: [14, 140, 14], length: '8m', env: { SCENARIO: 'llm_spike_open' } },
  },
};

const STEPS = {
  llm_smoke: [['30s', 1], ['2m', 2], ['30s', 0]],
  llm_load: [['1m', 3], ['5m', 5], ['5m', 5], ['1m', 0]],
  llm_stress: [['2m', 5], ['5m', 10], ['5m', 15], ['3m', 15], ['2m', 0]],
  llm_spike: [['30s', 2], ['1m', 2], ['20s', 20], ['3m', 20], ['20s', 2], ['2m20s', 2], ['30s', 0]],
};
const RAMP_DOWN = { llm_spike: '20s' };

// An answer takes 2.7 s, a pause 5.5 s on average.
const PER_USER = 7;

const names = Object.keys(STEPS);
const load = choice('SCENARIO', meta.variables.SCENARIO.default, [...names, ...names.map((name) => `${name}_open`)]);
const open = load.endsWith('_open');
const profile = load.replace('_open', '');
if (!open) refuseArrivals(load);

export const options = {
  scenarios: { [load]: open ? openLoop(STEPS[profile], PER_USER, meta.variables) : users(STEPS[profile], RAMP_DOWN[profile]) },
  thresholds: { ...llmThresholds(), ...(open ? openLoopThresholds() : {}) },
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  awaitArrival();
  // The running number picks the book and names the request, so that a second run asks the same in the same order.
  const iteration = exec.scenario.iterationInTest;
  try {
    converse(items[iteration % items.length], { requestId: `${load}-${iteration}` });
  } finally {
    if (!open) think(meta.thinkSeconds[0]);
  }
}
