/**
 * Users of the target's roles, some of whom ask for summaries: production traffic in small.
 *
 *   k6 run scenarios/mixed-workload.js --env LLM_PERCENTAGE=35 --env AI_USERS=50
 *
 * LLM_PERCENTAGE (20) is the share of requests that go to the model, AI_USERS (30) the share of users who send them.
 * SCENARIO=mixed_heavy changes the defaults to 50 and 60. With `_open` (mixed_open) requests arrive at the pace that the
 * users have while all is well, whatever the service does. A target without plain operations gets the summaries alone, at
 * the same pace. If the target describes a conversation, one of them stands for one request to the model in these shares.
 */
import exec from 'k6/execution';
import { Counter, Rate } from 'k6/metrics';
import { figure, ms, outputs, percent, table, total, values } from '../lib/answer.js';
import { awaitArrival, openLoop, refuseArrivals } from '../lib/arrivals.js';
import { converse } from '../lib/conversation.js';
import { act, cleanUp, hasPlainOperations, roleOf, sayWhatIsLeftOut } from '../lib/crud.js';
import { choice, percentage } from '../lib/env.js';
import { DURATION_SCALE, think, userMinutes, users } from '../lib/load.js';
import { binomialInterval, checkShares, visit } from '../lib/population.js';
import { prepare } from '../lib/prepare.js';
import { mixedThresholds, openLoopThresholds, SLO } from '../thresholds.js';

export const meta = {
  variables: {
    SCENARIO: { default: 'mixed', means: 'the load: mixed or mixed_heavy, each also with _open' },
    LLM_PERCENTAGE: { default: '20, heavy 50', means: 'percentage of requests that go to the model' },
    AI_USERS: { default: '30, heavy 60', means: 'percentage of users who send them' },
    ARRIVALS: { default: 'constant', means: 'gaps between the requests of an open loop: constant, poisson or gamma' },
    BURSTINESS: { default: 1, means: 'shape of gamma arrivals, 0.05 to 100: 1 is poisson, less comes in bursts, more is more even' },
    SEED: { default: 1, means: 'seed of poisson and gamma arrivals and of conversations: equal seeds draw the same' },
  },
  // A third of the users is in a hurry, a third takes its time, a third comes in bursts.
  thinkSeconds: [[1, 3], [3, 8], [1, 2]],
  modelPercentVariable: 'LLM_PERCENTAGE',
  scenarios: {
    mixed: { description: 'Plain requests with 20 % summaries', users: [5, 15], length: '23m', modelPercent: 20, env: { SCENARIO: 'mixed' } },
    'mixed-heavy': { description: 'Plain requests with 50 % summaries', users: [5, 15], length: '23m', modelPercent: 50, env: { SCENARIO: 'mixed_heavy' } },
    'mixed-open': { description: 'As mixed, but requests arrive whatever the service does', perMinute: [85, 255], length: '23m', modelPercent: 20, env: { SCENARIO: 'mixed_open' } },
    'mixed-heavy-open': { description: 'As mixed-heavy, but requests arrive whatever the service does', perMinute: [70, 210], length: '23m', modelPercent: 50, env: { SCENARIO: 'mixed_heavy_open' } },
  },
};

// An answer takes 2.7 s from the model and no time otherwise, a pause 3 s on average: so many requests a user and minute.
const ANSWER_SECONDS = 2.7;
const PAUSE_SECONDS = 3;
const PROFILES = {
  mixed: { llmPercentage: meta.scenarios.mixed.modelPercent, aiUsers: 30, perUser: 17 },
  mixed_heavy: { llmPercentage: meta.scenarios['mixed-heavy'].modelPercent, aiUsers: 60, perUser: 14 },
};
const STEPS = [['1m', 5], ['3m', 10], ['10m', 10], ['2m', 15], ['5m', 15], ['2m', 0]];

const names = Object.keys(PROFILES);
const load = choice('SCENARIO', meta.variables.SCENARIO.default, [...names, ...names.map((name) => `${name}_open`)]);
const open = load.endsWith('_open');
const profile = PROFILES[load.replace('_open', '')];
const shares = {
  llmPercentage: percentage('LLM_PERCENTAGE', profile.llmPercentage),
  aiUsers: percentage('AI_USERS', profile.aiUsers),
};
checkShares(shares);
if (!open) refuseArrivals(load);

// A full run makes some four thousand requests; the interval is that of a thousand, or of all where a run makes fewer.
const perUser = open ? profile.perUser : 60 / ((shares.llmPercentage / 100) * ANSWER_SECONDS + PAUSE_SECONDS * DURATION_SCALE);
const judgedRequests = Math.min(1000, userMinutes(STEPS) * perUser);

const totalOperations = new Counter('total_operations');
const llmShare = new Rate('llm_share');
const aiUserShare = new Rate('ai_user_share');

export const options = {
  scenarios: { [load]: open ? openLoop(STEPS, profile.perUser, meta.variables) : users(STEPS) },
  thresholds: {
    ...mixedThresholds(load, { ...shares, plain: hasPlainOperations() }, binomialInterval(shares.llmPercentage / 100, judgedRequests)),
    ...(open ? openLoopThresholds() : {}),
  },
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  sayWhatIsLeftOut();
  return prepare();
}

export default function ({ items }) {
  awaitArrival();
  const n = exec.scenario.iterationInTest;
  const user = visit(n, shares);
  const item = items[n % items.length];
  llmShare.add(user.llm);
  aiUserShare.add(user.ai);

  try {
    if (user.llm) converse(item, { requestId: `${load}-${n}` }, countOperation);
    else countOperation(act(roleOf(user.id), n, item));
  } finally {
    if (!open) think(meta.thinkSeconds[Math.floor(user.id / 3) % 3]);
  }
}

function countOperation(response) {
  if (response !== null && response.status > 0 && response.status < 400) totalOperations.add(1);
}

export function teardown() {
  cleanUp();
}

export function handleSummary({ metrics }) {
  const kinds = [
    { name: 'plain requests', metric: 'crud', limits: SLO.crud },
    { name: 'summaries', metric: 'llm', limits: SLO.llm },
  ].map((kind) => ({ ...kind, time: values(metrics, `${kind.metric}_response_time`), errors: values(metrics, `${kind.metric}_errors`) }));
  const asked = kinds.filter(({ errors }) => total(errors) > 0);
  const crossed = Object.values(metrics).some(({ thresholds = {} }) => Object.values(thresholds).some(({ ok }) => !ok));
  const share = values(metrics, 'llm_share');
  const part = ({ name, limits, time, errors }) =>
    `${name} have a p95 of ${ms(time['p(95)'])} (limit ${ms(limits.p95)}) and ${percent(errors.rate)} failed`;
  return outputs(DURATION_SCALE, {
    sentence: asked.length === 0 ? 'The run ended before its first answer.' : `${crossed ? 'Crosses' : 'Holds'} its limits: ${asked.map(part).join(', ')}.`,
    figures: [
      ...asked.map(({ name, time }) => figure(`p95 of ${name}`, time['p(95)'], 'ms')),
      figure('requests to the model', total(share) > 0 ? 100 * share.rate : NaN, '%'),
    ],
    sections: [
      table('Plain requests beside summaries', [['requests'], ['asked'], ['failed', '%'], ['median', 'ms'], ['p95', 'ms'], ['limit', 'ms'], ['p99', 'ms'], ['limit', 'ms']],
        asked.map(({ name, time, errors, limits }) => [name, total(errors), 100 * errors.rate, time.med, time['p(95)'], limits.p95, time['p(99)'], limits.p99])),
    ],
  });
}
