import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsIn } from '../../../../k6/lib/events.js';

test('events have their name and their lines of data, and one space after the colon is none of it', () => {
  assert.deepEqual(eventsIn(': hi\n\nevent: token\r\ndata:  Have\r\ndata: you\r\n\r\ndata\n\ndata: cut').events, [
    { event: 'token', data: ' Have\nyou' },
    { event: '', data: '' },
  ]);
});

test('a body without fields of events is lines', () => {
  assert.deepEqual(eventsIn('{"a":"b: c"}\n\n{"a":1}\n'), { events: [], lines: ['{"a":"b: c"}', '{"a":1}'] });
});
