import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read, resolve } from '../../../../k6/lib/recording.js';

const operations = {
  summary: { method: 'POST', path: '/books/{bookId}/summary?refresh={refresh}' },
  get: { method: 'GET', path: '/books/{bookId}' },
  search: { method: 'GET', path: '/books/search?query={word}&page=1' },
  remove: { method: 'DELETE', path: '/books/{bookId}' },
};

const logLine = (time, request) => `10.0.0.1 - Jane Doe [29/Nov/2026:${time} +0100] "${request} HTTP/1.1" 200 512 "-" "curl/8.0"\n`;

test('requests of a log keep their seconds, and those of one second are spread over it', () => {
  const requests = read(logLine('23:59:59', 'GET /a') + '\n' + logLine('23:59:59', 'GET /b') + logLine('00:00:01', 'GET /c').replace('29/Nov', '30/Nov'));

  assert.deepEqual(requests.map(({ ms, method, path, line }) => [ms, method, path, line]), [
    [250, 'GET', '/a', 1],
    [750, 'GET', '/b', 3],
    [2500, 'GET', '/c', 4],
  ]);
});

test('first attempts of chats of a journal are summaries in the order of their time, drawn by their own keys', () => {
  const line = (requestKey, time, more = {}) => JSON.stringify({ sequence: 1, requestKey, attempt: 1, operation: 'chat', time, ...more });
  const journal = [
    line('late', '2026-01-01T00:00:02.000250Z'),
    line('early', '2026-01-01T00:00:00.500Z'),
    line('early', '2026-01-01T00:00:01Z', { attempt: 2 }),
    line('other', '2026-01-01T00:00:01Z', { operation: 'embeddings' }),
  ].join('\n');

  assert.deepEqual(read(journal), [
    { ms: 0, line: 2, operation: 'summary', values: { requestId: 'early' } },
    { ms: 1500.25, line: 1, operation: 'summary', values: { requestId: 'late' } },
  ]);
});

test('server spans without a parent in the file are the requests of a trace', () => {
  const span = (spanId, parentSpanId, kind, startTimeUnixNano, attributes) => ({
    spanId, parentSpanId, kind, startTimeUnixNano,
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  });
  const trace = {
    resourceSpans: [{ scopeSpans: [{ spans: [
      span('c', 'b', 'SPAN_KIND_SERVER', '1767225600200000000', { 'http.request.method': 'GET', 'url.path': '/inner' }),
      span('b', 'client', 2, '1767225600100000000', { 'http.request.method': 'GET', 'url.path': '/books/7', 'url.query': 'a=1' }),
      span('a', '', 'SPAN_KIND_SERVER', '1767225600000000000', { 'http.method': 'POST', 'http.target': '/books/7/summary' }),
    ] }] }],
  };
  const calls = { resourceSpans: [{ scopeSpans: [{ spans: [span('a', 'x', 3, '1767225600000000000', { 'gen_ai.operation.name': 'chat' })] }] }] };

  for (const text of [JSON.stringify(trace), JSON.stringify(trace, null, 2)]) {
    assert.deepEqual(read(text).map(({ ms, method, path }) => [ms, method, path]), [[0, 'POST', '/books/7/summary'], [100, 'GET', '/books/7?a=1']]);
  }
  assert.deepEqual(read(JSON.stringify(calls)), [{ ms: 0, line: 1, operation: 'summary' }]);
});

test('paths become operations of the target, and what was asked often is asked often', () => {
  const paths = ['/books/x/summary', '/books/y', '/books/x', '/books/search?query=white+whale&page=7', '/metrics?a=b'];
  const requests = paths.map((path, i) => ({ ms: i, line: i + 1, method: i === 0 ? 'POST' : 'GET', path }));

  assert.deepEqual(resolve(requests, operations, ['bookId', 'title']), [
    { ms: 0, operation: 'summary', model: true, item: 0, values: {} },
    { ms: 1, operation: 'get', model: false, item: 1, values: {} },
    { ms: 2, operation: 'get', model: false, item: 0, values: {} },
    { ms: 3, operation: 'search', model: false, values: { word: 'white whale' } },
    { ms: 4, method: 'GET', path: '/metrics?a=b', model: false, values: {} },
  ]);
});

test('lines of the own format keep their offsets and their values', () => {
  const requests = read('{"offsetMs":1000,"operation":"get","values":{"bookId":"z"}}\n{"offsetMs":1000.5,"method":"GET","path":"/books/z"}\n');

  assert.deepEqual(resolve(requests, operations, ['bookId']).map(({ ms, values }) => [ms, values]), [[1000, { bookId: 'z' }], [1000.5, {}]]);
});

for (const [source, message] of [
  ['\n \n', 'is empty: record some requests first'],
  [logLine('10:00:01', 'GET /a') + logLine('10:00:00', 'GET /a'), 'is not sorted: line 2 is earlier than the one before it; sort the file by time'],
  [`${logLine('10:00:01', 'GET /a')}oops`, 'is broken at line 2: it is no line in the Common or Combined Log Format; correct or delete it'],
  [logLine('10:00:01', 'GET /a').replace('Nov', 'Nvo'), 'is broken at line 1: "2026-00-29T10:00:01+01:00" is no time'],
  ['{"offsetMs":5,"operation":"get"}\n{"offsetMs":4,"operation":"get"}', 'is not sorted: line 2 is earlier than the one before it; sort the file by time'],
  ['{"offsetMs":5,"operation":"get"}\n{"offsetMs":', 'is broken at line 2: it is no JSON object; correct or delete the line'],
  ['{"offset":5}', 'has an unknown key "offset" at line 1: known are offsetMs, operation, method, path, values'],
  ['{"offsetMs":-1,"operation":"get"}', 'needs the key "offsetMs" at line 1, a number of at least 0, was -1'],
  ['{"offsetMs":1,"method":"GET"}', 'asks for nothing at line 1: give it "operation", or "method" and "path"'],
  ['{"requestKey":"r","attempt":1,"operation":"chat","time":"soon"}', 'is broken at line 1: "soon" is no time'],
  ['{"resourceSpans":[]}', 'has no request: a journal needs first attempts of chats, a trace server spans with http.request.method and url.path, or client spans with gen_ai.operation.name'],
  ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":2}]}]}]}', 'is broken at line 1: startTimeUnixNano is undefined, no time'],
]) {
  test(`a recording that ${message}`, () => {
    assert.throws(() => read(source), { message });
  });
}

for (const [request, message] of [
  [{ operation: 'sell' }, 'asks at line 3 for the operation "sell", which the target has not: it has summary, get, search, remove'],
  [{ method: 'DELETE', path: '/books/1' }, 'deletes at line 3, which is not repeated: delete that line'],
  [{ method: 'POST', path: '/orders' }, 'has POST /orders at line 3, whose body is not recorded: describe it under operations of the target, or delete that line'],
]) {
  test(`a request that ${message}`, () => {
    assert.throws(() => resolve([{ ms: 0, line: 3, ...request }], operations, ['bookId']), { message });
  });
}
