/**
 * Plain requests alone, without the model: SCENARIO=smoke (default), load, stress or spike.
 *
 *   k6 run tests/books.js --env SCENARIO=load --env BASE_URL=http://localhost:7002
 *
 * `smoke` follows single books from creation to deletion; the others are readers, librarians and managers at work.
 */
import exec from 'k6/execution';
import { act, cleanUp, hasPlainOperations, live, roleOf } from '../lib/crud.js';
import { choice } from '../lib/env.js';
import { think, users } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { target } from '../lib/target.js';
import { crudThresholds } from '../thresholds.js';

export const meta = {
  variables: {
    SCENARIO: { default: 'smoke', means: 'the load: smoke, load, stress or spike' },
  },
  // A third of the users each; those of crud-smoke pause as the first do.
  thinkSeconds: [[1, 3], [5, 15], [0.5, 1]],
  modelPercent: 0,
  needs: 'operations.create',
  scenarios: {
    'crud-smoke': { description: 'Single books from creation to deletion', users: [1], length: '2m', env: { SCENARIO: 'smoke' } },
    'crud-load': { description: 'Plain requests under a sustained load', users: [5, 10], length: '10m', env: { SCENARIO: 'load' } },
    'crud-stress': { description: 'Plain requests until it breaks', users: [10, 30], length: '19m', env: { SCENARIO: 'stress' } },
    'crud-spike': { description: 'Plain requests in a sudden surge', users: [5, 50, 5], length: '7m40s', env: { SCENARIO: 'spike' } },
  },
};

const LOADS = {
  smoke: users([['30s', 1], ['1m', 1], ['30s', 0]]),
  load: users([['1m', 5], ['3m', 10], ['5m', 10], ['1m', 0]]),
  stress: users([['2m', 10], ['5m', 20], ['5m', 30], ['5m', 30], ['2m', 0]]),
  spike: users([['10s', 5], ['1m', 5], ['10s', 50], ['3m', 50], ['10s', 5], ['3m', 5], ['10s', 0]], '10s'),
};

const load = choice('SCENARIO', meta.variables.SCENARIO.default, Object.keys(LOADS));

if (!hasPlainOperations()) {
  throw new Error(`Target "${target.name}" has no plain operations: describe browse, get, search, create, update or delete under \`operations\`.`);
}

export const options = {
  scenarios: { [load]: LOADS[load] },
  thresholds: crudThresholds(),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  const n = exec.scenario.iterationInTest;
  const item = items[n % items.length];
  try {
    if (load === 'smoke') live(n, item);
    else act(roleOf(n), n, item);
  } finally {
    think(meta.thinkSeconds[load === 'smoke' ? 0 : Math.floor(n / 3) % 3]);
  }
}

export function teardown() {
  cleanUp();
}
