import { sleep } from 'k6';

export function setup() {
  console.log('setting up');
  sleep(600);
}

export default function () {
  console.log('default');
}

export function teardown() {
  console.log('teardown');
}
