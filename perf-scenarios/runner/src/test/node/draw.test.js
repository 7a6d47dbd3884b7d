import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw, whole } from '../../../../k6/lib/draw.js';

test('a draw depends on its parts and their order alone', () => {
  assert.equal(draw(1, 'smoke-0', 'turns'), draw(1, 'smoke-0', 'turns'));
  assert.equal(new Set([draw(1, 'smoke-0', 'turns'), draw(2, 'smoke-0', 'turns'), draw(1, 'smoke-1', 'turns'), draw('smoke-0', 1, 'turns')]).size, 4);
  // The value is part of what a second run repeats.
  assert.equal(draw(1, 'smoke-0', 'turns'), 0.6073248435277492);
});

test('draws of running keys are spread evenly', () => {
  const counts = Array(10).fill(0);
  for (let n = 0; n < 10000; n++) counts[Math.floor(10 * draw(1, `load-${n}`, 'turns'))]++;

  // Five standard deviations of a tenth of 10,000.
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 150, String(counts));
});

test('whole numbers have both ends', () => {
  assert.deepEqual([0, 0.34, 0.67, 0.999].map((drawn) => whole([2, 4], drawn)), [2, 3, 4, 4]);
  assert.equal(whole([3, 3], 0.5), 3);
});
