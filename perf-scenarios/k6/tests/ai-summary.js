/**
 * The summary endpoint alone, at four loads: SCENARIO=llm_smoke (default), llm_load, llm_stress or llm_spike.
 *
 *   k6 run tests/ai-summary.js --env SCENARIO=llm_load --env BASE_URL=http://localhost:7002
 */
import exec from 'k6/execution';
import { choice } from '../lib/env.js';
import { summarize } from '../lib/llm.js';
import { think, users } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { llmThresholds } from '../thresholds.js';

const LOADS = {
  llm_smoke: users([['30s', 1], ['2m', 2], ['30s', 0]]),
  llm_load: users([['1m', 3], ['5m', 5], ['5m', 5], ['1m', 0]]),
  llm_stress: users([['2m', 5], ['5m', 10], ['5m', 15], ['3m', 15], ['2m', 0]]),
  llm_spike: users([['30s', 2], ['1m', 2], ['20s', 20], ['3m', 20], ['20s', 2], ['2m20s', 2], ['30s', 0]], '20s'),
};

const load = choice('SCENARIO', 'llm_smoke', Object.keys(LOADS));

export const options = {
  scenarios: { [load]: LOADS[load] },
  thresholds: llmThresholds(),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  // The running number picks the book and names the request, so that a second run asks the same in the same order.
  const iteration = exec.scenario.iterationInTest;
  summarize(items[iteration % items.length], { requestId: `${load}-${iteration}` });
  think(3, 8);
}
