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
import { count, figure, ms, outputs, table, total, values } from '../lib/answer.js';
import { callDescribed, expected } from '../lib/client.js';
import { deck, errorCases, statusMatrix, statusOf, wrongest } from '../lib/errors.js';
import { DURATION_SCALE, think, users } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { operation, target } from '../lib/target.js';
import { errorThresholds } from '../thresholds.js';

export const meta = {
  variables: {},
  thinkSeconds: [[0.5, 2]],
  modelPercent: 0,
  needs: 'errors',
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

// A metric of its own for each pair: k6 tells no script at its end which tags it has seen.
const matrix = statusMatrix(cases.map((asked) => expected(asked)));
const given = Object.fromEntries(matrix.pairs.map((name) => [name, new Counter(name)]));

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
  given[matrix.pair(expected(asked), response.status)].add(1);
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

export function handleSummary({ metrics, root_group: group }) {
  const wrong = values(metrics, 'unexpected_answers');
  const rows = matrix.rows((name) => values(metrics, name).count || 0);
  const control = values(metrics, 'success_response_time')['p(95)'];
  const beside = control > 0 ? `; requests in order among them have a p95 of ${ms(control)}` : '';
  return outputs(DURATION_SCALE, {
    sentence: `${judgement(wrong, rows)}${beside}.`,
    figures: [
      figure('not the right ones', total(wrong) > 0 ? 100 * wrong.rate : NaN, '%'),
      figure('p95 of errors', values(metrics, 'error_response_time')['p(95)'] || NaN, 'ms'),
      figure('p95 of requests in order', control || NaN, 'ms'),
    ],
    sections: [
      ...(rows.length === 0 ? [] : [{
        kind: 'matrix', title: 'Statuses', note: 'None is a client that gave up.', rowLabel: 'expected', columnLabel: 'given', columns: matrix.columns, rows,
      }]),
      table('Checks', [['check'], ['passed'], ['failed']], (group.checks || []).map(({ name, passes, fails }) => [name, passes, fails])),
    ],
  });
}

function judgement(wrong, rows) {
  const all = total(wrong);
  if (all === 0) return 'The run ended before its first answer';
  if (wrong.passes === 0) return `All ${count(all)} answers are the right ones`;
  const worst = wrongest(rows, matrix.columns);
  const most = worst === undefined ? 'headers or problem documents are not as described' : `most often ${statusOf(worst.given)} for ${worst.expected} (${count(worst.count)} ${worst.count === 1 ? 'time' : 'times'})`;
  return `${count(wrong.passes)} of ${count(all)} answers are not the right ones, ${most}`;
}
