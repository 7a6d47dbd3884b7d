/**
 * What a failing provider does to the service, and how long after its end: faults are switched on in the provider's
 * simulator while the load goes on, the service's own error routes add to it, and both end again.
 *
 *   before 2 min | during 2 min | recovery, at most RECOVERY_MS | after 2 min
 *
 * Needs a target whose `chaos` section says how to break and mend it. The recovery is not scaled by DURATION_SCALE: the
 * service's breaker takes its time whatever the length of a run.
 */
import { fail, sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Rate, Trend } from 'k6/metrics';
import { bands, figure, ms, outputs, percent, table, total, values } from '../lib/answer.js';
import { callDescribed } from '../lib/client.js';
import { act, cleanUp, roleOf } from '../lib/crud.js';
import { text } from '../lib/env.js';
import { isAnswered, summarize } from '../lib/llm.js';
import { DURATION_SCALE, steadyArrivals, steadyMs, think } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { target } from '../lib/target.js';
import { chaosThresholds, SLO } from '../thresholds.js';

export const meta = {
  variables: {
    SIMULATOR_URL: { means: 'the simulator to break; unset: what the service tells' },
  },
  thinkSeconds: [[0.2, 1]],
  // 60 summaries among 180 requests a minute.
  modelPercent: 33,
  needs: 'chaos',
  scenarios: {
    chaos: {
      description: 'A provider that fails for 2 minutes: what holds, and how soon it recovers',
      perMinute: [180],
      length: '6m30s',
      serviceEnv: { BOOKSTORE_ERROR_TEST_ENABLED: 'true' },
    },
  },
};

const { chaos } = target;
if (!chaos) throw new Error(`Target "${target.name}" has no "chaos" section that says how to break and mend it.`);

const PHASE = steadyMs('2m');
const WHOLE = 3 * PHASE + SLO.chaos.recovery;
const from = (ms) => `${ms}ms`;

// So many good answers in a row are a recovery.
const IN_A_ROW = 3;

const injected = new Counter('faults_injected');
const recovered = new Rate('recovered');
const recoveryTime = new Trend('recovery_time', true);

export const options = {
  scenarios: {
    summaries: steadyArrivals(60, WHOLE, { exec: 'ask' }),
    plain: steadyArrivals(120, WHOLE, { exec: 'browse' }),
    noise: { executor: 'constant-vus', vus: 3, startTime: from(PHASE), duration: from(PHASE), gracefulStop: '10s', exec: 'disturb' },
    faults: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: 1,
      startTime: from(PHASE),
      maxDuration: from(PHASE + 2 * SLO.chaos.recovery + 60000),
      exec: 'breakAndMend',
    },
  },
  thresholds: chaosThresholds(),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  const { items } = prepare();
  const { simulator } = chaos;
  const simulatorUrl = text('SIMULATOR_URL', String(callDescribed('simulator', simulator).json(simulator.field) || ''));
  if (simulatorUrl === '') {
    fail(`${target.name} tells no ${simulator.field} at ${simulator.path}: chaos needs a simulated provider; a real one cannot be broken.`);
  }
  const config = callDescribed('read', chaos.read, { simulatorUrl });
  if (config.status !== 200) fail(`The simulator at ${simulatorUrl} does not tell its configuration (HTTP ${config.status}).`);
  return { items, simulatorUrl, faults: config.json('faults') || [] };
}

export function ask({ items }) {
  const n = exec.scenario.iterationInTest;
  exec.vu.metrics.tags.phase = phase();
  summarize(items[n % items.length], { requestId: `chaos-${n}` });
}

export function browse({ items }) {
  const n = exec.scenario.iterationInTest;
  exec.vu.metrics.tags.phase = phase();
  act(roleOf(n), n, items[n % items.length]);
}

export function disturb() {
  try {
    callDescribed('noise', chaos.noise, {}, { operation_type: 'error', phase: 'during' });
  } finally {
    think(meta.thinkSeconds[0]);
  }
}

export function breakAndMend({ items, simulatorUrl, faults }) {
  exec.vu.metrics.tags.phase = 'recovery';
  const broken = callDescribed('inject', chaos.inject, { simulatorUrl });
  if (broken.status >= 300) fail(`The simulator refused the faults (HTTP ${broken.status}): ${broken.body}`);
  injected.add(1);
  sleep(PHASE / 1000);
  heal({ simulatorUrl, faults });
  const took = untilGood(items);
  recovered.add(took !== null);
  recoveryTime.add(took === null ? SLO.chaos.recovery : took);
}

export function teardown(data) {
  // Also after an interrupted run, which may have left the faults on.
  heal(data);
  cleanUp();
}

function heal({ simulatorUrl, faults }) {
  const healed = callDescribed('heal', chaos.heal, { simulatorUrl, faults });
  if (healed.status >= 300) fail(`The simulator keeps its faults (HTTP ${healed.status}): reset it by hand.`);
}

/** Milliseconds until the first of some good answers in a row had come; null if they did not come in time. */
function untilGood(items) {
  const start = Date.now();
  let since = 0;
  for (let n = 0, good = 0; Date.now() - start < SLO.chaos.recovery; n++) {
    const response = summarize(items[n % items.length], { requestId: `recovery-${n}` });
    good = isAnswered(response) && response.timings.duration < SLO.llm.p95 ? good + 1 : 0;
    if (good === 1) since = Date.now() - start;
    if (good === IN_A_ROW) return since;
    if (good === 0) sleep(0.25);
  }
  return null;
}

function phase() {
  const elapsed = Date.now() - exec.scenario.startTime;
  if (elapsed < PHASE) return 'before';
  if (elapsed < 2 * PHASE) return 'during';
  return elapsed < 2 * PHASE + SLO.chaos.recovery ? 'recovery' : 'after';
}

export function handleSummary({ metrics }) {
  const phases = [
    { label: 'before', startSeconds: 0, endSeconds: PHASE / 1000 },
    { label: 'during', startSeconds: PHASE / 1000, endSeconds: (2 * PHASE) / 1000, tone: 'bad' },
    { label: 'recovery', startSeconds: (2 * PHASE) / 1000, endSeconds: (2 * PHASE + SLO.chaos.recovery) / 1000 },
    { label: 'after', startSeconds: (2 * PHASE + SLO.chaos.recovery) / 1000, endSeconds: WHOLE / 1000 },
  ];
  const of = (name, label) => values(metrics, `${name}{phase:${label}}`);
  const row = (kind, metric) => ({ label }) => {
    const errors = of(`${metric}_errors`, label);
    const asked = total(errors);
    const time = asked > 0 ? of(`${metric}_response_time`, label) : {};
    return [label, kind, asked, asked > 0 ? 100 * errors.rate : NaN, time.med, time['p(95)'], time['p(99)']];
  };
  const during = of('llm_errors', 'during');
  const columns = [['phase'], ['requests'], ['asked'], ['failed', '%'], ['median', 'ms'], ['p95', 'ms'], ['p99', 'ms']];
  return outputs(DURATION_SCALE, {
    sentence: `${recovery(metrics)}${whileFailing(during, of('crud_response_time', 'during'))}.`,
    figures: [
      figure('recovery', values(metrics, 'recovered').rate === 1 ? values(metrics, 'recovery_time').max : NaN, 'ms'),
      figure('summaries failed during', total(during) > 0 ? 100 * during.rate : NaN, '%'),
      figure('plain p95 during', of('crud_response_time', 'during')['p(95)'] || NaN, 'ms'),
    ],
    sections: [
      table('Each phase', columns, [...phases.map(row('summaries', 'llm')), ...phases.map(row('plain', 'crud'))]),
      bands('Phases', phases),
    ],
  });
}

function recovery(metrics) {
  const seen = values(metrics, 'recovered');
  if (values(metrics, 'faults_injected').count === undefined || values(metrics, 'faults_injected').count === 0) return 'No fault was injected';
  if (total(seen) === 0) return 'The run ended before it could recover';
  return seen.rate === 1
    ? `Gives good answers again ${ms(values(metrics, 'recovery_time').max)} after the faults end`
    : `Does not recover within ${ms(SLO.chaos.recovery)}`;
}

function whileFailing(errors, plain) {
  const parts = [
    ...(total(errors) > 0 ? [`${percent(errors.rate)} of summaries fail`] : []),
    ...(Number.isFinite(plain['p(95)']) && plain['p(95)'] > 0 ? [`plain requests have a p95 of ${ms(plain['p(95)'])}`] : []),
  ];
  return parts.length === 0 ? '' : `; while they last ${parts.join(' and ')}`;
}
