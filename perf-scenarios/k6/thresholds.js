/**
 * The limits, all of them, and nothing else. The report and the alert rules use the same figures; a test compares.
 * An environment variable replaces a limit for one run: `--env LLM_P95_MS=3000`.
 */
import { number } from './lib/env.js';

const share = { min: 0, max: 1 };
const positive = { min: 1 };

export const SLO = {
  crud: {
    p95: number('CRUD_P95_MS', 1000, positive),
    p99: number('CRUD_P99_MS', 2000, positive),
    errors: number('CRUD_ERROR_RATE', 0.01, share),
  },
  llm: {
    p95: number('LLM_P95_MS', 8000, positive),
    p99: number('LLM_P99_MS', 12000, positive),
    errors: number('LLM_ERROR_RATE', 0.05, share),
  },
  mixed: {
    p95: number('MIXED_P95_MS', 5000, positive),
    p99: number('MIXED_P99_MS', 10000, positive),
    errors: number('MIXED_ERROR_RATE', 0.02, share),
  },
  // An error is an answer too: it has to be the right one, and soon.
  errors: {
    p95: number('ERROR_P95_MS', 1000, positive),
    unexpected: number('UNEXPECTED_RATE', 0.01, share),
  },
  chaos: {
    // The service's own deadline: it may fail while its provider does, but not hang.
    hangs: number('CHAOS_P99_MS', 31000, positive),
    recovery: number('RECOVERY_MS', 30000, positive),
  },
  soak: { drift: number('DRIFT_RATIO', 1.5, { min: 0.001 }) },
};

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
  return {
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

/** Limits of all sizes together; a threshold that always holds makes k6 tell the figures of each. */
export function sweepThresholds(sizes) {
  const figures = (size) => [
    [`llm_response_time{size:${size}}`, ['max>=0']],
    [`llm_input_tokens{size:${size}}`, ['count>=0']],
    [`llm_output_tokens{size:${size}}`, ['count>=0']],
    [`llm_cost_usd{size:${size}}`, ['count>=0']],
    [`llm_operations{size:${size}}`, ['count>0']],
  ];
  return { ...llmThresholds(), ...Object.fromEntries(sizes.flatMap(figures)) };
}
