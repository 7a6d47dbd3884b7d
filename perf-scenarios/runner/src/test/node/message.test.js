import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorMessage } from '../../../../k6/lib/message.js';

test('detail of a problem document is the message, before its title', () => {
  const body = JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no book 7.' });

  assert.equal(errorMessage({ status: 404, body }), 'There is no book 7.');
});

test('message of a provider is found within its error', () => {
  const body = JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });

  assert.equal(errorMessage({ status: 529, body }), 'Overloaded');
  assert.equal(errorMessage({ status: 500, body: '{"error":"broken"}' }), 'broken');
});

test('other body is quoted by its begin, and an empty one is said to be empty', () => {
  assert.equal(errorMessage({ status: 502, body: ' <html>Bad gateway</html> ' }), '<html>Bad gateway</html>');
  assert.equal(errorMessage({ status: 500, body: 'x'.repeat(300) }).length, 200);
  assert.equal(errorMessage({ status: 500, body: '' }), 'HTTP 500 without a body');
  assert.equal(errorMessage({ status: 500, body: null }), 'HTTP 500 without a body');
  assert.equal(errorMessage({ status: 500, body: 'null' }), 'null');
});
