import { sleep } from 'k6';

let iterations = 0;

export const options = {
  scenarios: {
    cut: { executor: 'constant-vus', duration: '1s', gracefulStop: '0s', exec: 'long' },
    after: { executor: 'per-vu-iterations', startTime: '5s', exec: 'short' },
  },
};

export function long() {
  iterations++;
  sleep(600);
}

export function short() {
  console.log(__VU, __ITER, iterations);
}
