/**
 * How many summaries a minute does the service answer within its limits? An open loop whose rate goes up step by step
 * until the limits of a step do not hold. Finding that point is what the run is for, and ends it with exit code 99; 0
 * means that the last step held too.
 *
 *   k6 run scenarios/breakpoint.js --env BREAKPOINT_STEP=60 --env BREAKPOINT_STEPS=20
 */
import { check } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { number } from '../lib/env.js';
import { summarize } from '../lib/llm.js';
import { DURATION_SCALE, steadyArrivals, steadyMs } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { lastGood, table } from '../lib/tables.js';
import { breakpointThresholds, SLO } from '../thresholds.js';

export const meta = {
  variables: {
    BREAKPOINT_STEP: { default: 60, means: 'summaries a minute that each step adds' },
    BREAKPOINT_STEPS: { default: 10, means: 'most steps' },
  },
  modelPercent: 100,
  scenarios: {
    breakpoint: { description: 'Summaries at a rising rate, until its limits do not hold', perMinute: [60, 600], length: '20m' },
  },
};

const STEP = number('BREAKPOINT_STEP', meta.variables.BREAKPOINT_STEP.default, { min: 1 });
const STEPS = number('BREAKPOINT_STEPS', meta.variables.BREAKPOINT_STEPS.default, { min: 1, max: 100 });
const LENGTH = steadyMs('2m');

const badAnswers = new Counter('bad_answers');

const steps = Array.from({ length: STEPS }, (_, i) => {
  const rate = (i + 1) * STEP;
  return { name: `rate_${rate}`, rate, arrivals: Math.round((rate * LENGTH) / 60000) };
});

export const options = {
  scenarios: Object.fromEntries(
    steps.map(({ name, rate }, i) => [name, steadyArrivals(rate, LENGTH, { startTime: `${i * LENGTH}ms`, gracefulStop: '15s' })]),
  ),
  thresholds: breakpointThresholds(steps),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  const n = exec.scenario.iterationInTest;
  const response = summarize(items[n % items.length], { requestId: `${exec.scenario.name}-${n}` });
  const good = response.status === 200 && response.timings.duration < SLO.llm.p99;
  check(response, { 'answered within the P99 limit': () => good });
  if (!good) badAnswers.add(1);
}

export function handleSummary({ metrics }) {
  const held = lastGood(steps, metrics);
  const rows = steps
    .filter(({ name }) => metrics[`llm_response_time{scenario:${name}}`])
    .map(({ name, rate }) => {
      const time = metrics[`llm_response_time{scenario:${name}}`].values;
      const errors = metrics[`llm_errors{scenario:${name}}`].values;
      const asked = errors.passes + errors.fails;
      return asked === 0
        ? [rate, 0, '-', '-', '-']
        : [rate, asked, Math.round(time.med), Math.round(time['p(95)']), `${(100 * errors.rate).toFixed(1)} %`];
    });
  return {
    stdout: `${table(['summaries/min', 'asked', 'median ms', 'p95 ms', 'errors'], rows)}\n${
      held === undefined ? 'not even the first step held' : `held: ${held.rate} summaries a minute`
    }\n`,
    'breakpoint.json': JSON.stringify({ heldPerMinute: held === undefined ? 0 : held.rate, durationScale: DURATION_SCALE }),
  };
}
