import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, reading } from '../../../../k6/lib/paths.js';

const answer = { reply: { text: 'Call me Ishmael.', usage: null }, choices: [], kind: 'chat' };

test('path that leads to a value gives it, and null is a value', () => {
  assert.deepEqual(reading([answer], 'reply.text'), { path: 'reply.text', value: 'Call me Ishmael.' });
  assert.deepEqual(reading([answer], 'reply.usage'), { path: 'reply.usage', value: null });
});

test('document itself has a path', () => {
  assert.equal(at('Call me Ishmael.', '$'), 'Call me Ishmael.');
});

test('path that ends early tells the missing key, and the keys that are there', () => {
  const { missing, after, found, keys } = reading([answer], 'reply.content');

  assert.deepEqual({ missing, after, found, keys }, { missing: 'content', after: 'reply', found: 'object', keys: ['text', 'usage'] });
});

test('path into a list, a text or null says what it met', () => {
  assert.equal(reading([answer], 'choices.0.text').found, 'list');
  assert.equal(reading([answer], 'kind.name').found, 'string');
  assert.equal(reading([answer], 'reply.usage.tokens').found, 'null');
});

test('of several events the last value counts, or the end that came furthest', () => {
  const events = [{ delta: { role: 'assistant' } }, { delta: { text: 'Call' } }, { delta: { text: null } }, { done: true }];

  assert.equal(reading(events, 'delta.text').value, 'Call');
  assert.equal(reading(events, 'delta.content').after, 'delta');
});

test('answer without JSON has no place where a path could end', () => {
  assert.deepEqual(reading([], 'reply.text'), { path: 'reply.text' });
});
