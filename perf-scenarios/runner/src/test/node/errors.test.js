import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deck, errorCases } from '../../../../k6/lib/errors.js';

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
