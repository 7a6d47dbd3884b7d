/** A few summaries under the usual limits, for `llm-perf verify`. */
import exec from 'k6/execution';
import { summarize } from '../lib/llm.js';
import { prepare } from '../lib/prepare.js';
import { llmThresholds } from '../thresholds.js';

export const options = {
  scenarios: { limits: { executor: 'shared-iterations', vus: 2, iterations: 12, maxDuration: '10m' } },
  thresholds: llmThresholds(),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  const iteration = exec.scenario.iterationInTest;
  summarize(items[iteration % items.length], { requestId: `verify-limits-${iteration}` });
}
