import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOf, proseOf } from '../../../../k6/lib/lengths.js';

const lengthOf = (text) => text.split(' ').length;

test('half of the texts are shorter than the median, and one in twenty is longer than p95', () => {
  const lengths = Array.from({ length: 4000 }, (_, n) => lengthOf(proseOf({ median: 20, p95: 60, least: 1, most: 1000 }, 1, `load-${n}`)));

  const share = (limit) => lengths.filter((length) => length > limit).length / lengths.length;
  // Five standard deviations; a length equal to the median is counted on neither side.
  assert.ok(share(20) > 0.43 && share(19) < 0.57, `${share(20)} ${share(19)}`);
  assert.ok(share(60) > 0.03 && share(60) < 0.07, String(share(60)));
});

test('a text is that of its key, and has no more words than allowed', () => {
  const lengths = { median: 200, p95: 1500, least: 1, most: 300 };

  assert.equal(proseOf(lengths, 1, 'load-7'), proseOf(lengths, 1, 'load-7'));
  const longest = Math.max(...Array.from({ length: 200 }, (_, n) => lengthOf(proseOf(lengths, 1, `load-${n}`))));
  assert.equal(longest, 300);
});

test('equal percentiles give equal lengths', () => {
  assert.equal(proseOf({ median: 5, p95: 5, least: 1, most: 10 }, 1, 'a'), 'The a captain who has.');
});

test('between least and most each number is as likely', () => {
  const counts = countsOf({ least: 3, most: 6 });

  assert.deepEqual([...counts.keys()].sort(), [3, 4, 5, 6]);
  // Five standard deviations around a thousand.
  for (const count of counts.values()) assert.ok(count > 860 && count < 1140, String(count));
});

test('quantiles cut the numbers into parts of equal shares, within which each is as likely', () => {
  const counts = countsOf({ quantiles: [100, 200, 200, 300, 1000], least: 100, most: 1000 });
  const between = (from, to) => [...counts].filter(([number]) => number > from && number < to).reduce((sum, [, count]) => sum + count, 0);

  assert.equal(between(99, 1001), 4000);
  for (const count of [between(99, 200), counts.get(200), between(200, 300), between(300, 1001), 2 * between(300, 650)]) {
    assert.ok(count > 800 && count < 1200, String(count));
  }
});

function countsOf(distribution) {
  const counts = new Map();
  for (let n = 0; n < 4000; n++) {
    const number = numberOf(distribution, 1, `load-${n}`);
    counts.set(number, (counts.get(number) || 0) + 1);
  }
  return counts;
}
