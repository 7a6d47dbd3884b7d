import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonFault } from '../../../../k6/lib/json-fault.js';

const FAULTS = [
  ['\uFEFF{"a": 1}', 'it begins with a byte order mark, which JSON must not have (RFC 8259, section 8.1)'],
  ['\uFEFF{"a": NaN}', 'it has NaN in line 1, a number that JSON does not have'],
  ['{"a": "NaN",\n "b": -Infinity}', 'it has -Infinity in line 2, a number that JSON does not have'],
  ['{"a": [1, 2,\n]}', 'it has a comma before ] in line 1'],
  ['{"a": ",}",\n "b": 1,}', 'it has a comma before } in line 2'],
  ['{"a": {"b": 1}', 'it ends in the middle, after 14 characters'],
  ['[{"text": "a \\"quoted', 'it ends in the middle, after 21 characters'],
  ["{'a': 1}", 'it has \' in place of " in line 1'],
  ['{a: 1}', 'it is broken'],
];

for (const [body, fault] of FAULTS) {
  test(`${JSON.stringify(body)}: ${fault}`, () => assert.equal(jsonFault(body), fault));
}

for (const body of ['', 'OK', '3', '<html>', '{"a": "NaN, ]"}', ' [1]\n', '\n{"\\u0022,}": "\\\\"}']) {
  test(`${JSON.stringify(body)} has no such fault`, () => assert.equal(jsonFault(body), null));
}
