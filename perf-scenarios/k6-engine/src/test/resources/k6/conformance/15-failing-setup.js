import { sleep } from 'k6';

export const options = { setupTimeout: __ENV.HOW === 'throw' ? '120s' : '1s' };

export function setup() {
  if (__ENV.HOW === 'throw') throw new Error('no setup today');
  sleep(600);
}

export default function () {
  console.log('default');
}

export function teardown() {
  console.log('teardown');
}

export function handleSummary() {
  return { stdout: 'summary' };
}
