import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSteps, sentenceOf } from '../../../../k6/lib/steps.js';

const LENGTH = 120000;
const LIMITS = { p95: 8000, p99: 12000, errors: 0.05 };
const steps = [{ name: 'rate_60', rate: 60 }, { name: 'rate_120', rate: 120 }];

const measured = (name, { p95 = 3000, asked = 100, failed = 0, dropped = 0 } = {}) => ({
  [`llm_errors{scenario:${name}}`]: {
    values: { passes: failed, fails: asked - failed, rate: failed / asked },
    thresholds: { 'rate<0.05': { ok: failed / asked < 0.05 } },
  },
  [`llm_response_time{scenario:${name}}`]: { values: { med: 2000, 'p(95)': p95 }, thresholds: { 'p(95)<8000': { ok: p95 < 8000 } } },
  [`bad_answers{scenario:${name}}`]: { values: { count: failed }, thresholds: { 'count<=20': { ok: failed <= 20 } } },
  [`dropped_iterations{scenario:${name}}`]: { values: { count: dropped }, thresholds: { 'count<=20': { ok: dropped <= 20 } } },
});

const sentence = (first, second, elapsedMs = 2 * LENGTH) =>
  sentenceOf(judgeSteps(steps, { ...measured('rate_60', first), ...measured('rate_120', second) }, LENGTH, elapsedMs, LIMITS));

test('the sentence has the last rate that held and the limit that the next one crossed', () => {
  assert.equal(sentence({}, { p95: 11430 }), 'Holds 60 summaries a minute; at 120 the p95 is 11.4 s, the limit 8 s.');
  assert.equal(sentence({}, { failed: 12 }), 'Holds 60 summaries a minute; at 120 12 % fail, the limit is 5 %.');
  assert.equal(sentence({}, { dropped: 40 }), 'Holds 60 summaries a minute; at 120 40 of 140 arrivals found all virtual users waiting.');
});

test('a step that holds again after one that did not is shown and not counted', () => {
  assert.equal(sentence({ p95: 9000 }, {}), 'Does not hold 60 summaries a minute: the p95 is 9 s, the limit 8 s.');
  assert.equal(judgeSteps(steps, { ...measured('rate_60', { p95: 9000 }), ...measured('rate_120') }, LENGTH, 2 * LENGTH, LIMITS).length, 2);
});

test('every step that held makes the last one the highest that was asked', () => {
  assert.equal(sentence({}, {}), 'Holds 120 summaries a minute, the highest rate that was asked.');
});

test('a first step that did not hold is the answer', () => {
  assert.equal(sentence({ p95: 9000 }, {}), 'Does not hold 60 summaries a minute: the p95 is 9 s, the limit 8 s.');
});

test('a step that a stopped run cut short is not judged', () => {
  assert.equal(sentence({}, {}, 1.5 * LENGTH), 'Holds 60 summaries a minute; the run ended before the step of 120 did.');
  assert.equal(sentence({}, { asked: 0 }, 0.5 * LENGTH), 'Held nothing: the run ended before the step of 60 summaries a minute did.');
});

test('a run without an answer held nothing', () => {
  assert.equal(sentence({ asked: 0 }, { asked: 0 }, 0), 'Held nothing: the run ended before its first answer.');
});
