import { sleep } from 'k6';
import { Counter } from 'k6/metrics';

const started = new Counter('started');

export const options = {
  scenarios: { s: { executor: 'shared-iterations', vus: 2, iterations: 10, maxDuration: '2s', gracefulStop: '0s' } },
};

// The second iteration of each virtual user hangs, so that the rest can never start.
export default function () {
  started.add(1);
  if (__ITER > 0) sleep(600);
}
