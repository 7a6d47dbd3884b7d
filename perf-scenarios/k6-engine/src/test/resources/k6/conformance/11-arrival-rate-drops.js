import { sleep } from 'k6';
import { Counter } from 'k6/metrics';

const started = new Counter('started');

export const options = {
  scenarios: {
    s: { executor: 'constant-arrival-rate', rate: 4, duration: '2s', preAllocatedVUs: 1, gracefulStop: '0s' },
  },
};

export default function () {
  started.add(1);
  sleep(600);
}
