/**
 * Plain requests alone, without the model: SCENARIO=smoke (default), load, stress or spike.
 *
 *   k6 run tests/books.js --env SCENARIO=load --env BASE_URL=http://localhost:7002
 *
 * `smoke` follows single books from creation to deletion; the others are readers, librarians and managers at work.
 */
import exec from 'k6/execution';
import { act, cleanUp, hasPlainOperations, live } from '../lib/crud.js';
import { choice } from '../lib/env.js';
import { think, users } from '../lib/load.js';
import { roleOf } from '../lib/population.js';
import { prepare } from '../lib/prepare.js';
import { target } from '../lib/target.js';
import { crudThresholds } from '../thresholds.js';

const LOADS = {
  smoke: users([['30s', 1], ['1m', 1], ['30s', 0]]),
  load: users([['1m', 5], ['3m', 10], ['5m', 10], ['1m', 0]]),
  stress: users([['2m', 10], ['5m', 20], ['5m', 30], ['5m', 30], ['2m', 0]]),
  spike: users([['10s', 5], ['1m', 5], ['10s', 50], ['3m', 50], ['10s', 5], ['3m', 5], ['10s', 0]], '10s'),
};

const load = choice('SCENARIO', 'smoke', Object.keys(LOADS));

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
  if (load === 'smoke') {
    live(n, item);
    think(1, 3);
    return;
  }
  act(roleOf(n), n, item);
  const [min, max] = [[1, 3], [5, 15], [0.5, 1]][Math.floor(n / 3) % 3];
  think(min, max);
}

export function teardown() {
  cleanUp();
}
