/**
 * Errors on purpose, among requests that are in order: is each error the right one, and does it disturb the others?
 *
 *   k6 run scenarios/error-scenarios.js --env BASE_URL=http://localhost:7002
 *
 * What is asked, and what must come of it, stands under `errors` in the target's descriptor. The BookStore API serves
 * its error routes only when it is started with BOOKSTORE_ERROR_TEST_ENABLED=true; `llm-perf run errors` does so.
 */
import { check, fail } from 'k6';
import exec from 'k6/execution';
import { Counter, Rate, Trend } from 'k6/metrics';
import { callDescribed, expected } from '../lib/client.js';
import { deck, errorCases } from '../lib/errors.js';
import { think, users } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { operation, target } from '../lib/target.js';
import { errorThresholds } from '../thresholds.js';

export const meta = {
  variables: {},
  thinkSeconds: [[0.5, 2]],
  modelPercent: 0,
  scenarios: {
    errors: {
      description: 'Errors on purpose: is each the right one, and is nobody else disturbed',
      users: [10, 75],
      length: '10m30s',
      serviceEnv: { BOOKSTORE_ERROR_TEST_ENABLED: 'true' },
    },
  },
};

const answers = new Counter('error_answers');
const errorTime = new Trend('error_response_time', true);
const successTime = new Trend('success_response_time', true);
const unexpected = new Rate('unexpected_answers');

// Four requests in order for every ten from the error routes.
const CONTROL = { name: 'control', weight: 4, ...operation('browse'), control: true };
const errors = errorCases(target);
const cases = deck([...errors, CONTROL]);

export const options = {
  scenarios: { errors: users([['30s', 10], ['2m', 30], ['5m', 50], ['2m', 75], ['1m', 0]]) },
  thresholds: errorThresholds(),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  prepare();
  const [first] = errors;
  const response = callDescribed(first.name, first);
  if (!expected(first).includes(response.status)) {
    fail(
      `${target.name} answers ${first.method} ${first.path} with HTTP ${response.status} instead of ${expected(first)}: ` +
        'are its error routes on (BookStore API: BOOKSTORE_ERROR_TEST_ENABLED=true)?',
    );
  }
}

export default function () {
  const asked = cases[exec.scenario.iterationInTest % cases.length];
  try {
    judge(asked);
  } finally {
    think(meta.thinkSeconds[0]);
  }
}

function judge(asked) {
  const response = callDescribed(asked.name, asked, {}, { operation_type: asked.control ? 'crud' : 'error' });
  const good = check(response, {
    'status as described': (r) => expected(asked).includes(r.status),
    'headers as described': (r) => (asked.expectHeaders || []).every((name) => hasHeader(r, name)),
    'problem document where described': (r) => !asked.problem || isProblem(r),
  });
  unexpected.add(!good);
  if (asked.control) {
    successTime.add(response.timings.duration);
  } else {
    answers.add(1, { status: String(response.status) });
    // A request that the client gave up took as long as the client had patience.
    if (response.status > 0) errorTime.add(response.timings.duration);
  }
}

function hasHeader(response, name) {
  return Object.keys(response.headers).some((header) => header.toLowerCase() === name.toLowerCase());
}

/** RFC 9457, and its status is the answer's. */
function isProblem(response) {
  const type = String(response.headers['Content-Type'] || '');
  return type.startsWith('application/problem+json') && response.json('status') === response.status;
}
