/**
 * The summary endpoint alone, at four loads: SCENARIO=llm_smoke (default), llm_load, llm_stress or llm_spike.
 *
 *   k6 run tests/ai-summary.js --env SCENARIO=llm_load --env BASE_URL=http://localhost:7002
 *
 * These are closed loops: a user waits for its answer, so a slow service is asked less. With `_open` (llm_load_open)
 * requests arrive at the pace that the same users have while all is well, whatever the service does.
 */
import exec from 'k6/execution';
import { choice } from '../lib/env.js';
import { summarize } from '../lib/llm.js';
import { arrivals, think, users } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { llmThresholds, openLoopThresholds } from '../thresholds.js';

const STEPS = {
  llm_smoke: [['30s', 1], ['2m', 2], ['30s', 0]],
  llm_load: [['1m', 3], ['5m', 5], ['5m', 5], ['1m', 0]],
  llm_stress: [['2m', 5], ['5m', 10], ['5m', 15], ['3m', 15], ['2m', 0]],
  llm_spike: [['30s', 2], ['1m', 2], ['20s', 20], ['3m', 20], ['20s', 2], ['2m20s', 2], ['30s', 0]],
};
const RAMP_DOWN = { llm_spike: '20s' };

// An answer in 2.7 s and a pause of 5.5 s.
const PER_USER = 7;

const names = Object.keys(STEPS);
const load = choice('SCENARIO', 'llm_smoke', [...names, ...names.map((name) => `${name}_open`)]);
const open = load.endsWith('_open');
const profile = load.replace('_open', '');

export const options = {
  scenarios: { [load]: open ? arrivals(STEPS[profile], PER_USER) : users(STEPS[profile], RAMP_DOWN[profile]) },
  thresholds: { ...llmThresholds(), ...(open ? openLoopThresholds() : {}) },
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  // The running number picks the book and names the request, so that a second run asks the same in the same order.
  const iteration = exec.scenario.iterationInTest;
  summarize(items[iteration % items.length], { requestId: `${load}-${iteration}` });
  if (!open) think(3, 8);
}
