import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from '../../../../k6/lib/median.js';
import { prose } from '../../../../k6/lib/prose.js';

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
