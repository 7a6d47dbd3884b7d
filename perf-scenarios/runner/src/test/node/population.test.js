import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialInterval, checkShares, visit } from '../../../../k6/lib/population.js';

for (const [llmPercentage, aiUsers] of [[20, 30], [50, 60], [35, 50], [1, 1], [100, 100], [0, 0], [90, 10]]) {
  test(`${llmPercentage} % of requests from ${aiUsers} % of users, exactly, in every hundred`, () => {
    for (let hundred = 0; hundred < 20; hundred++) {
      const visits = Array.from({ length: 100 }, (_, i) => visit(hundred * 100 + i, { llmPercentage, aiUsers }));

      assert.equal(visits.filter(({ llm }) => llm).length, llmPercentage);
      assert.ok(visits.every(({ llm, ai }) => !llm || ai));
      assert.ok(visits.every(({ id, ai }) => ai === id < aiUsers));
    }
  });
}

test('any stretch of a thousand requests lies in the binomial interval', () => {
  const shares = { llmPercentage: 20, aiUsers: 30 };
  const [low, high] = binomialInterval(0.2, 1000);

  for (let start = 0; start < 200; start++) {
    const llm = Array.from({ length: 1000 }, (_, i) => visit(start + i, shares)).filter((user) => user.llm).length;
    assert.ok(llm / 1000 >= low && llm / 1000 <= high);
  }
});

test('the interval is that of a normal approximation at 99 %, within 0 and 1', () => {
  assert.deepEqual(binomialInterval(0.5, 10000).map((bound) => bound.toFixed(4)), ['0.4871', '0.5129']);
  assert.deepEqual(binomialInterval(0, 1000), [0, 0]);
  assert.equal(binomialInterval(0.01, 10)[0], 0);
});

test('requests that nobody can make are refused', () => {
  assert.throws(() => checkShares({ llmPercentage: 20, aiUsers: 0 }), /raise AI_USERS/);
});
