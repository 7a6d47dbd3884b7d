import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from '../../../../k6/lib/median.js';
import { prose } from '../../../../k6/lib/prose.js';
import { lastGood, table } from '../../../../k6/lib/tables.js';

test('the median does not depend on the order', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test('prose has the length that was asked for and no blank at its end', () => {
  for (const length of [10, 100, 101, 2000]) {
    assert.equal(prose(length).length, length);
    assert.match(prose(length), /\S$/);
  }
});

test('a table has its figures in columns', () => {
  assert.equal(table(['a', 'long'], [[100, 2]]), '  a  long\n100     2');
});

const step = (name) => ({ name });
const judged = (name, ok, asked = 10) => ({
  [`llm_errors{scenario:${name}}`]: { values: { passes: 0, fails: asked }, thresholds: { 'rate<0.05': { ok: true } } },
  [`llm_response_time{scenario:${name}}`]: { values: {}, thresholds: { 'p(95)<8000': { ok } } },
});

test('the last good step is the one before the first with a crossed limit', () => {
  const metrics = { ...judged('a', true), ...judged('b', false), ...judged('c', true) };

  assert.equal(lastGood([step('a'), step('b'), step('c')], metrics).name, 'a');
});

test('no step is good when the first crossed, and none that was never asked', () => {
  assert.equal(lastGood([step('a')], judged('a', false)), undefined);
  assert.equal(lastGood([step('a'), step('b')], { ...judged('a', true), ...judged('b', true, 0) }).name, 'a');
});
