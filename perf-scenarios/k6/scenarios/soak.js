/**
 * The mixed users for a long time: does anything fill up, leak or slow down? Beside the usual limits the last quarter is
 * held against the first: `crud_drift` and `llm_drift` are answers as multiples of that virtual user's early median.
 *
 *   k6 run scenarios/soak.js --env SOAK_DURATION=8h --env SOAK_USERS=10
 */
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import { bands, figure, outputs, table, total, values } from '../lib/answer.js';
import { converse } from '../lib/conversation.js';
import { act, cleanUp, hasPlainOperations, roleOf, sayWhatIsLeftOut } from '../lib/crud.js';
import { duration, number } from '../lib/env.js';
import { DURATION_SCALE, scaledMs, think, users } from '../lib/load.js';
import { median } from '../lib/median.js';
import { visit } from '../lib/population.js';
import { prepare } from '../lib/prepare.js';
import { SLO, soakThresholds } from '../thresholds.js';

export const meta = {
  variables: {
    SOAK_DURATION: { default: '1h', means: 'length between ramp-up and ramp-down' },
    SOAK_USERS: { default: 5, means: 'virtual users' },
    SEED: { default: 1, means: 'seed of conversations: equal seeds draw the same' },
  },
  thinkSeconds: [[1, 5]],
  modelPercent: 20,
  scenarios: {
    soak: { description: 'Mixed users for long: does it slow down', users: [5], length: '1h3m' },
  },
};

const LENGTH = duration('SOAK_DURATION', meta.variables.SOAK_DURATION.default);
const USERS = number('SOAK_USERS', meta.variables.SOAK_USERS.default, { min: 1 });
const STEPS = [['2m', USERS], [LENGTH, USERS], ['1m', 0]];
const SHARES = { llmPercentage: meta.modelPercent, aiUsers: 30 };

/** So many early answers make a median worth comparing with. */
const FEWEST = 5;

const drift = { llm: new Trend('llm_drift'), crud: new Trend('crud_drift') };
const compared = new Counter('compared_answers');

/** This virtual user's own answers of the first quarter. */
const early = { llm: /** @type {number[]} */ ([]), crud: /** @type {number[]} */ ([]) };

export const options = {
  scenarios: { soak: users(STEPS) },
  thresholds: soakThresholds(hasPlainOperations()),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  sayWhatIsLeftOut();
  return prepare();
}

export default function ({ items }) {
  const n = exec.scenario.iterationInTest;
  const user = visit(n, SHARES);
  const item = items[n % items.length];
  try {
    if (user.llm) {
      converse(item, { requestId: `soak-${n}` }, (response) => compare('llm', response.timings.duration));
    } else {
      const response = act(roleOf(user.id), n, item);
      if (response !== null) compare('crud', response.timings.duration);
    }
  } finally {
    think(meta.thinkSeconds[0]);
  }
}

export function teardown() {
  cleanUp();
}

function compare(kind, milliseconds) {
  const progress = exec.scenario.progress;
  if (progress < 0.25) early[kind].push(milliseconds);
  if (progress > 0.75 && early[kind].length >= FEWEST) {
    drift[kind].add(milliseconds / median(early[kind]));
    compared.add(1, { kind });
  }
}

export function handleSummary({ metrics }) {
  const kinds = [{ name: 'summaries', metric: 'llm' }, { name: 'plain requests', metric: 'crud' }].map((kind) => ({
    ...kind,
    drift: values(metrics, `${kind.metric}_drift`),
    compared: values(metrics, `compared_answers{kind:${kind.metric}}`).count || 0,
    asked: total(values(metrics, `${kind.metric}_errors`)),
  }));
  const known = kinds.filter(({ compared }) => compared > 0);
  const seconds = STEPS.reduce((sum, [duration]) => sum + scaledMs(duration), 0) / 1000;
  const ratio = (value) => String(Number(value.toFixed(2)));
  return outputs(DURATION_SCALE, {
    sentence:
      known.length === 0
        ? 'Was too short to compare its end with its beginning.'
        : `At the end ${known.map(({ name, drift }) => `${name} take ${ratio(drift.med)}`).join(' and ')} times as long as at the beginning (limit ${SLO.soak.drift}).`,
    figures: known.map(({ name, drift }) => figure(`drift of ${name}`, drift.med, 'times')),
    sections: [
      table('End as a multiple of the beginning', [['requests'], ['asked'], ['compared'], ['median', 'times'], ['p90', 'times'], ['p95', 'times']],
        kinds.filter(({ asked }) => asked > 0).map(({ name, asked, compared, drift }) => [name, asked, compared, ...(compared > 0 ? [drift.med, drift['p(90)'], drift['p(95)']] : [NaN, NaN, NaN])])),
      bands('Compared', [
        { label: 'first quarter', startSeconds: 0, endSeconds: seconds / 4 },
        { label: 'last quarter', startSeconds: (3 * seconds) / 4, endSeconds: seconds },
      ]),
    ],
  });
}
