import { sleep } from 'k6';
import exec from 'k6/execution';

export const options = { iterations: 3 };

if (__ENV.HOW === 'abort in init code') exec.test.abort('too early');

export default function () {
  if (__ENV.HOW === 'abort') {
    try {
      exec.test.abort('enough');
    } catch (error) {
      console.log('caught');
    } finally {
      console.log('finally');
    }
  }
  if (__ENV.HOW === 'fail') exec.test.fail('not good');
  if (__ENV.HOW === 'interrupt') {
    console.log('sleeping');
    sleep(600);
  }
}

export function teardown() {
  console.log('teardown');
}

export function handleSummary() {
  return { stdout: 'summary' };
}
