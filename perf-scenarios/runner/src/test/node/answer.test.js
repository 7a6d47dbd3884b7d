import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, curve, figure, ms, outputs, percent, table, usd } from '../../../../k6/lib/answer.js';

test('figures that nobody knows are left out, and so is a fourth', () => {
  const { 'answer.json': file } = outputs(0.1, {
    sentence: 'Holds.',
    figures: [figure('unknown', NaN), figure('a', 1), figure('b', 2, 'ms'), figure('c', 3), figure('d', 4)],
  });

  assert.deepEqual(JSON.parse(file), {
    schemaVersion: 1,
    durationScale: 0.1,
    sentence: 'Holds.',
    figures: [{ name: 'a', value: 1, unit: '' }, { name: 'b', value: 2, unit: 'ms' }, { name: 'c', value: 3, unit: '' }],
    sections: [],
  });
});

test('the screen of stock k6 has the tables in columns, and the sentence last', () => {
  const { stdout } = outputs(1, { sentence: 'Holds.', sections: [table('Sizes', [['a'], ['long', 'ms']], [[100, 2], [3, undefined]])] });

  assert.equal(stdout, '  a  long ms\n100        2\n  3        -\n\nHolds.\n');
});

test('a curve has the points that are known, and is none without any', () => {
  const [only] = curve('Curve', ['x'], ['y', 'ms'], [['some', [[1, 2], [2, undefined]]], ['none', [[1, NaN]]]]);

  assert.deepEqual(only.series, [{ label: 'some', points: [[1, 2]] }]);
  assert.deepEqual(curve('Curve', ['x'], ['y'], [['none', [[1, NaN]]]]), []);
});

test('figures in a sentence are short', () => {
  assert.equal(ms(11432), '11.4 s');
  assert.equal(ms(8000), '8 s');
  assert.equal(ms(812.4), '812 ms');
  assert.equal(percent(0.0312), '3.1 %');
  assert.equal(percent(0.00042), '0.04 %');
  assert.equal(percent(0), '0 %');
  assert.equal(usd(0.0123), '$0.0123');
  assert.equal(usd(3.8), '$3.80');
  assert.equal(count(1234567), '1,234,567');
  assert.equal(count(412), '412');
});
