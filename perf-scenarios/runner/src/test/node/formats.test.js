import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaTypeOf, whyUnreadable } from '../../../../k6/lib/formats.js';

const EXTENSION = { open() {} };
const EMBEDDED = { open() {}, formats: ['aws-eventstream'] };

test('a k6 with the extension reads every format but binary frames', () => {
  assert.equal(whyUnreadable(EXTENSION, ['sse', 'sse-text', 'ndjson']), '');
  assert.equal(
    whyUnreadable(EXTENSION, ['sse', 'aws-eventstream']),
    'No k6 can read the binary frames of a stream in the format aws-eventstream, with an extension either: use --engine embedded.',
  );
  assert.equal(whyUnreadable(EMBEDDED, ['aws-eventstream']), '');
});

test('a k6 without the extension is told to be built with it only where that helps', () => {
  assert.match(whyUnreadable(undefined, ['sse']), /^This k6 has no extension k6\/x\/sse, so it cannot read a stream: use --engine embedded, or a k6 built by /);
  assert.match(whyUnreadable(undefined, ['aws-eventstream']), /^No k6 can read the binary frames/);
});

test('a client accepts what its format is sent as', () => {
  assert.deepEqual(['sse', 'sse-text', 'ndjson', 'aws-eventstream'].map(mediaTypeOf), [
    'text/event-stream',
    'text/event-stream',
    'application/x-ndjson',
    'application/vnd.amazon.eventstream',
  ]);
});
