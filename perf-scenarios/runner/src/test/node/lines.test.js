import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf } from '../../../../k6/lib/lines.js';

const SOURCE = `name: a
operations:
  get: { method: GET }
roles:
  reader: { browse: 1,
    get: 2 }
  "b+":
    get: 0
`;

test('a key is looked for below the one that it belongs to', () => {
  assert.equal(lineOf(SOURCE, ['roles']), 4);
  assert.equal(lineOf(SOURCE, ['roles', 'reader', 'browse']), 5);
  assert.equal(lineOf(SOURCE, ['roles', 'reader', 'get']), 6);
  assert.equal(lineOf(SOURCE, ['roles', 'b+', 'get']), 8);
});

test('a key that is not there leaves the line of the one before it', () => {
  assert.equal(lineOf(SOURCE, ['roles', 'nobody']), 4);
});
