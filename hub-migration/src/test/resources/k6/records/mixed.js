// Summaries and plain requests side by side, without pauses.
import exec from 'k6/execution';
import { act, cleanUp } from '../../../../../../perf-scenarios/k6/lib/crud.js';
import { summarize } from '../../../../../../perf-scenarios/k6/lib/llm.js';
import { prepare } from '../../../../../../perf-scenarios/k6/lib/prepare.js';

const shared = (iterations, name) => ({ executor: 'shared-iterations', vus: 5, iterations, maxDuration: '10m', exec: name });

export const options = { scenarios: { summaries: shared(100, 'ask'), plain: shared(50, 'browse') } };

export function setup() {
  return prepare();
}

export function ask({ items }) {
  const n = exec.scenario.iterationInTest;
  summarize(items[n % items.length], { requestId: `records-${n}` });
}

export function browse({ items }) {
  const n = exec.scenario.iterationInTest;
  act('reader', n, items[n % items.length]);
}

export function teardown() {
  cleanUp();
}
