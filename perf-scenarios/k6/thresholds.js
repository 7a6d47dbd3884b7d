/**
 * The limits, all of them, and nothing else. The report and the alert rules use the same figures; a test compares.
 * An environment variable replaces a limit for one run: `--env LLM_P95_MS=3000`.
 */
import { number } from './lib/env.js';

export const variables = {
  CRUD_P95_MS: { default: 1000, means: 'limit: P95 of plain requests in milliseconds' },
  CRUD_P99_MS: { default: 2000, means: 'limit: P99 of plain requests in milliseconds' },
  CRUD_ERROR_RATE: { default: 0.01, means: 'limit: share of plain requests that fail' },
  LLM_P95_MS: { default: 8000, means: 'limit: P95 of summaries in milliseconds' },
  LLM_P99_MS: { default: 12000, means: 'limit: P99 of summaries in milliseconds' },
  LLM_ERROR_RATE: { default: 0.05, means: 'limit: share of summaries that fail' },
  MIXED_P95_MS: { default: 5000, means: 'limit: P95 of all requests of a mixed run in milliseconds' },
  MIXED_P99_MS: { default: 10000, means: 'limit: P99 of all requests of a mixed run in milliseconds' },
  MIXED_ERROR_RATE: { default: 0.02, means: 'limit: share of all requests of a mixed run that fail' },
  ERROR_P95_MS: { default: 1000, means: 'limit: P95 of errors on purpose in milliseconds' },
  UNEXPECTED_RATE: { default: 0.01, means: 'limit: share of them that are not the right ones' },
  CHAOS_P99_MS: { default: 31000, means: 'limit: P99 of summaries while the provider fails in milliseconds' },
  RECOVERY_MS: { default: 30000, means: 'limit: time until good answers are back in milliseconds; DURATION_SCALE does not apply to it' },
  DRIFT_RATIO: { default: 1.5, means: 'limit: late answers as a multiple of early ones, median' },
};

const share = { min: 0, max: 1 };
const positive = { min: 1 };

const limit = (name, range) => number(name, variables[name].default, range);

export const SLO = {
  crud: {
    p95: limit('CRUD_P95_MS', positive),
    p99: limit('CRUD_P99_MS', positive),
    errors: limit('CRUD_ERROR_RATE', share),
  },
  llm: {
    p95: limit('LLM_P95_MS', positive),
    p99: limit('LLM_P99_MS', positive),
    errors: limit('LLM_ERROR_RATE', share),
  },
  mixed: {
    p95: limit('MIXED_P95_MS', positive),
    p99: limit('MIXED_P99_MS', positive),
    errors: limit('MIXED_ERROR_RATE', share),
  },
  // An error is an answer too: it has to be the right one, and soon.
  errors: {
    p95: limit('ERROR_P95_MS', positive),
    unexpected: limit('UNEXPECTED_RATE', share),
  },
  chaos: {
    // The service's own deadline: it may fail while its provider does, but not hang.
    hangs: limit('CHAOS_P99_MS', positive),
    recovery: limit('RECOVERY_MS', positive),
  },
  soak: { drift: limit('DRIFT_RATIO', { min: 0.001 }) },
};

/** k6 tells the figures of a tag only where that tag has a threshold. These always hold: they are no limits, and no report has them. */
const FIGURES = { trend: 'max>=0', rate: 'rate>=0', counter: 'count>=0' };

/** A rate without samples passes in k6, so each comes with a counter that must have counted. */
export function llmThresholds() {
  return {
    llm_response_time: [`p(95)<${SLO.llm.p95}`, `p(99)<${SLO.llm.p99}`],
    llm_errors: [
      `rate<${SLO.llm.errors}`,
      // A paid provider that fails every other call is not worth the rest of the run.
      { threshold: 'rate<0.5', abortOnFail: true, delayAbortEval: '30s' },
    ],
    llm_operations: ['count>0'],
  };
}

export function crudThresholds() {
  return {
    crud_response_time: [`p(95)<${SLO.crud.p95}`, `p(99)<${SLO.crud.p99}`],
    crud_errors: [`rate<${SLO.crud.errors}`],
    crud_operations: ['count>0'],
  };
}

/** An arrival that found no virtual user was not measured, and would have waited longest. */
export function openLoopThresholds() {
  return { dropped_iterations: ['count<1'] };
}

/**
 * Overall limits count only requests of the scenario, not those of setup and teardown. A kind of request that the run
 * leaves out has no limits. `llmShare` is the interval in which the measured share of requests to the model must lie.
 */
export function mixedThresholds(scenario, { llmPercentage, plain }, llmShare) {
  return {
    ...(llmPercentage < 100 && plain ? crudThresholds() : {}),
    ...(llmPercentage > 0 ? llmThresholds() : {}),
    [`http_req_duration{scenario:${scenario}}`]: [`p(95)<${SLO.mixed.p95}`, `p(99)<${SLO.mixed.p99}`],
    [`http_req_failed{scenario:${scenario}}`]: [`rate<${SLO.mixed.errors}`],
    total_operations: ['count>0'],
    llm_share: [`rate>=${llmShare[0].toFixed(4)}`, `rate<=${llmShare[1].toFixed(4)}`],
  };
}

export function errorThresholds() {
  return {
    error_response_time: [`p(95)<${SLO.errors.p95}`],
    success_response_time: [`p(95)<${SLO.crud.p95}`],
    unexpected_answers: [`rate<${SLO.errors.unexpected}`],
    error_answers: ['count>0'],
  };
}

/** Before and after: as always. During: plain requests as always, summaries may fail but not hang. Then: back in time. */
export function chaosThresholds() {
  const steady = (phase) => ({
    [`llm_response_time{phase:${phase}}`]: [`p(95)<${SLO.llm.p95}`],
    [`llm_errors{phase:${phase}}`]: [`rate<${SLO.llm.errors}`],
    [`llm_operations{phase:${phase}}`]: ['count>0'],
  });
  const figures = (phase) => ({
    [`llm_response_time{phase:${phase}}`]: [FIGURES.trend],
    [`llm_errors{phase:${phase}}`]: [FIGURES.rate],
    [`crud_response_time{phase:${phase}}`]: [FIGURES.trend],
    [`crud_errors{phase:${phase}}`]: [FIGURES.rate],
  });
  return {
    ...Object.assign({}, ...['before', 'during', 'recovery', 'after'].map(figures)),
    ...steady('before'),
    [`llm_response_time{phase:during}`]: [`p(99)<${SLO.chaos.hangs}`],
    ...steady('after'),
    crud_response_time: [`p(95)<${SLO.crud.p95}`, `p(99)<${SLO.crud.p99}`],
    crud_errors: [`rate<${SLO.crud.errors}`],
    recovered: ['rate==1'],
    recovery_time: [`max<${SLO.chaos.recovery}`],
    faults_injected: ['count>0'],
  };
}

/** Of plain requests, where the target has any, and summaries, as always; and the end is not slower than the beginning. */
export function soakThresholds(plain) {
  return {
    ...(plain ? crudThresholds() : {}),
    ...llmThresholds(),
    ...(plain ? { crud_drift: [`med<${SLO.soak.drift}`], 'compared_answers{kind:crud}': ['count>0'] } : {}),
    llm_drift: [`med<${SLO.soak.drift}`],
    'compared_answers{kind:llm}': ['count>0'],
  };
}

/**
 * Each step has its own limits, for the percentiles of a whole run would still be good long after the service is not.
 * Ten bad answers, or a fifth, end the run: a percentile of the first three answers would end it by accident.
 */
export function breakpointThresholds(steps) {
  return Object.fromEntries(
    steps.flatMap(({ name, arrivals }) => [
      [`llm_response_time{scenario:${name}}`, [`p(95)<${SLO.llm.p95}`]],
      [`llm_errors{scenario:${name}}`, [`rate<${SLO.llm.errors}`]],
      [`bad_answers{scenario:${name}}`, [{ threshold: `count<=${Math.max(10, arrivals / 5)}`, abortOnFail: true }]],
      [`dropped_iterations{scenario:${name}}`, [{ threshold: `count<=${Math.max(10, arrivals / 5)}`, abortOnFail: true }]],
    ]),
  );
}

/** A probe may cross its limits, which is what it finds out; beyond so many bad answers nothing more is to be found out. */
export function capacityThresholds(mostBad) {
  const early = [{ threshold: `count<=${mostBad}`, abortOnFail: true }];
  return { bad_answers: early, dropped_iterations: early, llm_operations: ['count>0'] };
}

/** Limits of all sizes together, and the figures of each. */
export function sweepThresholds(sizes) {
  const figures = (size) => [
    [`llm_response_time{size:${size}}`, [FIGURES.trend]],
    [`llm_input_tokens{size:${size}}`, [FIGURES.counter]],
    [`llm_output_tokens{size:${size}}`, [FIGURES.counter]],
    [`llm_cost_usd{size:${size}}`, [FIGURES.counter]],
    [`llm_operations{size:${size}}`, ['count>0']],
  ];
  return { ...llmThresholds(), ...Object.fromEntries(sizes.flatMap(figures)) };
}
