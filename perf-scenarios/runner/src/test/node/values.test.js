import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, namesIn, unknownValue } from '../../../../k6/lib/values.js';

const roles = { agent: { search: 1, escalate: 1 } };
const unknown = (operations, fields = ['title'], headers = {}) => {
  const { operation, value } = unknownValue({ headers, operations, roles }, fields) || {};
  return operation && `${operation} ${value}`;
};

test('a request sends the values of its path, headers and body', () => {
  assert.deepEqual(namesIn({ path: '/{a}?q={b}', headers: { X: '{c}' }, body: { of: ['{d}', 1] }, rawBody: 'no {} and no { e }' }), ['a', 'b', 'c', 'd']);
  assert.deepEqual(namesIn({}), []);
});

test('an operation gets the values of the item and of its kind', () => {
  assert.equal(unknown({ search: { path: '/?q={word}&t={title}' }, summary: { path: '/{title}', headers: { X: '{requestId}' } } }), undefined);
  assert.equal(unknown({ search: { path: '/{requestId}' } }), 'search requestId');
  assert.equal(unknown({ summary: { path: '/{word}' } }), 'summary word');
  assert.equal(unknown({ escalate: { path: '/{unknownValue}' } }), 'escalate unknownValue');
  assert.equal(unknown({ search: { path: '/' } }, [], { X: '{tenant}' }), 'search tenant');
});

test('a text or a number that is drawn needs its distribution', () => {
  assert.equal(unknown({ summary: { body: '{prose} {tokens}', lengths: { median: 9, p95: 20 }, numbers: { tokens: { least: 1, most: 9 } } } }), undefined);
  assert.equal(unknown({ summary: { body: '{prose}' } }), 'summary prose');
});

test('an operation that nobody asks may have values of a script', () => {
  assert.equal(unknown({ listCreated: { path: '/{genre}' }, mine: { path: '/{ofMyScript}' } }), undefined);
});

test('an id of what was created needs an operation that creates', () => {
  assert.equal(unknown({ get: { path: '/{createdId}' } }), 'get createdId');
  assert.equal(unknown({ get: { path: '/{bookId}' } }, ['bookId']), undefined);
  assert.equal(unknown({ get: { path: '/{createdId}' }, create: { path: '/' } }), undefined);
  assert.equal(unknown({ create: { path: '/{createdId}' } }), 'create createdId');
});

test('a field is what each item has', () => {
  assert.deepEqual(fieldsOf({ values: [{ a: 1, b: 2 }, { a: 3 }] }), ['a']);
  assert.deepEqual(fieldsOf({ fields: { bookId: 'id' } }), ['bookId']);
  assert.deepEqual(fieldsOf({}), []);
});
