/**
 * The limits, all of them, and nothing else. The report and the alert rules use the same figures; a test compares.
 * An environment variable replaces a limit for one run: `--env LLM_P95_MS=3000`.
 */
import { number } from './lib/env.js';

export const SLO = {
  crud: {
    p95: number('CRUD_P95_MS', 1000, { min: 1 }),
    p99: number('CRUD_P99_MS', 2000, { min: 1 }),
    errors: number('CRUD_ERROR_RATE', 0.01, { min: 0, max: 1 }),
  },
  llm: {
    p95: number('LLM_P95_MS', 8000, { min: 1 }),
    p99: number('LLM_P99_MS', 12000, { min: 1 }),
    errors: number('LLM_ERROR_RATE', 0.05, { min: 0, max: 1 }),
  },
  mixed: {
    p95: number('MIXED_P95_MS', 5000, { min: 1 }),
    p99: number('MIXED_P99_MS', 10000, { min: 1 }),
    errors: number('MIXED_ERROR_RATE', 0.02, { min: 0, max: 1 }),
  },
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

/**
 * Overall limits count only requests of the scenario, not those of setup and teardown. A kind of request that the run
 * leaves out has no limits.
 */
export function mixedThresholds(scenario, { llmPercentage }) {
  return {
    ...(llmPercentage < 100 ? crudThresholds() : {}),
    ...(llmPercentage > 0 ? llmThresholds() : {}),
    [`http_req_duration{scenario:${scenario}}`]: [`p(95)<${SLO.mixed.p95}`, `p(99)<${SLO.mixed.p99}`],
    [`http_req_failed{scenario:${scenario}}`]: [`rate<${SLO.mixed.errors}`],
    total_operations: ['count>0'],
  };
}
