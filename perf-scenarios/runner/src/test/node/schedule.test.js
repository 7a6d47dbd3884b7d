import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaOf, drawn, mostWithin } from '../../../../k6/lib/schedule.js';

const HOUR = 3600000;
const flat = [{ ms: HOUR, from: 1, to: 1 }];

for (const shape of [0.25, 0.5, 1, 4, 25]) {
  test(`gaps of shape ${shape} have the mean and the variance of their distribution`, () => {
    const count = 20000;
    const gaps = unitGaps(drawn(11, shape, count, flat), count);

    // Five standard errors: of the mean it is that of the last gap, which is not among them; of the variance that of gamma draws.
    assert.ok(Math.abs(mean(gaps) - 1) < 5 / Math.sqrt(shape) / count);
    const expected = count / (shape * (count + 1) + 1);
    const standardError = (Math.sqrt((2 + 6 / shape) / count) + 1e-3) / shape;
    assert.ok(Math.abs(variance(gaps) - expected) < 5 * standardError, `${variance(gaps)} instead of ${expected}`);
  });
}

test('gaps of a Poisson process are exponential: the Kolmogorov-Smirnov distance is within its 1 % limit', () => {
  const count = 5000;
  const gaps = unitGaps(drawn(3, 1, count, flat), count).sort((a, b) => a - b);

  const distance = Math.max(...gaps.map((gap, i) => Math.abs((i + 0.5) / count - (1 - Math.exp(-gap)))));

  assert.ok(distance < 1.63 / Math.sqrt(count), `distance ${distance}`);
});

test('Poisson arrivals of a minute are spread as a Poisson number, but for the given number of the whole', () => {
  const counts = Array.from({ length: 60 }, () => 0);
  for (let seed = 0; seed < 50; seed++) {
    for (const moment of drawn(seed, 1, 1200, flat)) counts[Math.floor(moment / 60000)] += 1 / 50;
  }
  const single = Array.from({ length: 400 }, (_, seed) => drawn(seed, 1, 1200, flat).filter((moment) => moment < 60000).length);

  assert.ok(counts.every((count) => Math.abs(count - 20) < 5 * Math.sqrt(20 / 50)));
  assert.ok(Math.abs(variance(single) - 20 * (1 - 1 / 60)) < 5 * 20 * Math.sqrt(2 / 400));
});

test('the number of arrivals follows the ramp of the rate', () => {
  const ramp = [{ ms: 0, from: 9, to: 0 }, { ms: HOUR, from: 0, to: 2 }, { ms: HOUR, from: 2, to: 2 }, { ms: HOUR, from: 0, to: 0 }, { ms: HOUR, from: 2, to: 0 }];
  const moments = drawn(5, 1, 8000, ramp);

  const within = (from, to) => moments.filter((moment) => moment >= from * HOUR && moment < to * HOUR).length;
  const near = (count, share) => Math.abs(count - 8000 * share) < 5 * Math.sqrt(8000 * share * (1 - share));
  assert.equal(areaOf(ramp), 4 * HOUR);
  assert.ok(near(within(0, 0.5), 1 / 16) && near(within(0.5, 1), 3 / 16));
  assert.ok(near(within(1, 2), 1 / 2));
  assert.equal(within(2, 3), 0);
  assert.ok(near(within(3, 3.5), 3 / 16) && near(within(3.5, 4), 1 / 16));
});

test('equal seeds give equal schedules, others do not, and all are sorted within their time', () => {
  const schedule = drawn(1, 0.5, 500, flat);

  assert.deepEqual(drawn(1, 0.5, 500, flat), schedule);
  assert.notDeepEqual(drawn(2, 0.5, 500, flat), schedule);
  assert.deepEqual([...schedule].sort((a, b) => a - b), schedule);
  assert.ok(schedule[0] >= 0 && schedule[499] <= HOUR);
});

test('the first moments of a seed stay what they are, so that a recorded run can be repeated', () => {
  assert.deepEqual(drawn(1, 1, 1000, flat).slice(0, 3), [2442.131, 10680.374, 10730.99]);
});

test('the most moments within a time are those of its fullest stretch', () => {
  assert.equal(mostWithin([0, 10, 11, 12, 30, 40], 2), 3);
  assert.equal(mostWithin([0, 10], 10), 2);
  assert.equal(mostWithin([], 10), 0);
});

/** The gaps between moments in units of the mean gap of `count` arrivals in an hour. */
function unitGaps(moments, count) {
  return moments.map((moment, i) => ((moment - (i === 0 ? 0 : moments[i - 1])) * (count + 1)) / HOUR);
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values) {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}
