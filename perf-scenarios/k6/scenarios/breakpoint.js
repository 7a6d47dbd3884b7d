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
import { curve, figure, outputs, table } from '../lib/answer.js';
import { number } from '../lib/env.js';
import { isAnswered, summarize } from '../lib/llm.js';
import { DURATION_SCALE, steadyArrivals, steadyMs } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { judgeSteps, kneeOf, sentenceOf } from '../lib/steps.js';
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
const RATE = ['summaries', 'a minute'];

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
  const good = isAnswered(response) && response.timings.duration < SLO.llm.p99;
  check(response, { 'answered within the P99 limit': () => good });
  if (!good) badAnswers.add(1);
}

export function handleSummary({ metrics, state }) {
  const judged = judgeSteps(steps, metrics, LENGTH, state.testRunDurationMs, SLO.llm);
  const { held, next } = kneeOf(judged);
  const heldPerMinute = held === undefined ? 0 : held.rate;
  const shown = next || held || {};
  const points = (of) => judged.map((step) => [step.rate, of(step)]);
  const knee = held === undefined ? {} : { knee: { label: 'held', value: heldPerMinute } };
  return {
    ...outputs(DURATION_SCALE, {
      sentence: sentenceOf(judged),
      figures: [
        figure('held', heldPerMinute, 'a minute'),
        figure(`p95 at ${shown.rate} a minute`, shown.p95, 'ms'),
        figure(`failed at ${shown.rate} a minute`, 100 * shown.errors, '%'),
      ],
      sections: [
        ...curve('Rate against latency', RATE, ['latency', 'ms'], [['p95', points(({ p95 }) => p95)], ['median', points(({ median }) => median)]], {
          limit: { label: 'limit of the p95', value: SLO.llm.p95 },
          ...knee,
        }),
        ...curve('Rate against good answers', RATE, ['good answers', 'a minute'], [
          ['good', points(({ goodPerMinute }) => goodPerMinute)],
          ['asked for', points(({ rate }) => rate)],
        ], knee),
        table('Steps', [RATE, ['asked'], ['dropped'], ['median', 'ms'], ['p95', 'ms'], ['failed', '%'], ['limits']],
          judged.map((step) => [
            step.rate, step.asked, step.dropped, step.median, step.p95, 100 * step.errors,
            step.good ? 'held' : step.failed === '' ? 'not judged' : 'crossed',
          ])),
      ],
    }),
    'breakpoint.json': JSON.stringify({ heldPerMinute, durationScale: DURATION_SCALE }),
  };
}
