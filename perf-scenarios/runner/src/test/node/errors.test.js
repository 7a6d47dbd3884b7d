import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deck, errorCases, statusMatrix, wrongest } from '../../../../k6/lib/errors.js';

test('for makes one case for each value and keeps its type', () => {
  const cases = errorCases({
    name: 'shop',
    errors: [{ name: 'error', for: [400, 503], path: '/errors/{each}', expect: '{each}' }],
  });

  assert.deepEqual(cases, [
    { name: 'error', path: '/errors/400', expect: 400 },
    { name: 'error', path: '/errors/503', expect: 503 },
  ]);
});

test('a value may be a whole body', () => {
  const [only] = errorCases({ name: 'shop', errors: [{ name: 'invalid', for: [{ price: -1 }], body: '{each}' }] });

  assert.deepEqual(only.body, { price: -1 });
});

test('a target without errors is refused by name', () => {
  assert.throws(() => errorCases({ name: 'shop' }), /Target "shop" describes no "errors"/);
});

test('each case comes as often as its weight says, and never in a block', () => {
  const often = { name: 'often', weight: 3 };
  const once = { name: 'once' };

  const cards = deck([often, once]);

  assert.equal(cards.length, 4);
  assert.equal(cards.filter((card) => card === often).length, 3);
  assert.ok(cards.indexOf(once) > 0 && cards.indexOf(once) < 3);
});

test('a matrix has a counter for each pair, and rows for what was asked', () => {
  const matrix = statusMatrix([[404], [429, 503], [0]]);

  assert.deepEqual(matrix.columns, ['none', '200', '404', '429', '503', 'other']);
  assert.equal(matrix.pair([429, 503], 503), 'given_503_for_429_or_503');
  assert.equal(matrix.pair([404], 418), 'given_other_for_404');
  assert.ok(matrix.pairs.includes('given_other_for_404'));
  const counts = { given_404_for_404: 8, given_other_for_404: 2, given_503_for_429_or_503: 5 };
  const rows = matrix.rows((name) => counts[name] || 0);

  assert.deepEqual(rows, [
    { label: '404', expected: ['404'], cells: [0, 0, 8, 0, 0, 2] },
    { label: '429 or 503', expected: ['429', '503'], cells: [0, 0, 0, 0, 5, 0] },
  ]);
  assert.deepEqual(wrongest(rows, matrix.columns), { expected: '404', given: 'other', count: 2, right: false });
  assert.equal(wrongest(rows.slice(1), matrix.columns), undefined);
});
