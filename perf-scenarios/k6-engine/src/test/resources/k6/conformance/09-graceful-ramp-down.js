import { sleep } from 'k6';
import { Counter } from 'k6/metrics';

const started = new Counter('started');

export const options = {
  scenarios: {
    s: {
      executor: 'ramping-vus',
      startVUs: 3,
      stages: [{ duration: '1s', target: 3 }, { duration: '1s', target: 0 }, { duration: '500ms', target: 0 }],
      gracefulRampDown: __ENV.GRACE,
      gracefulStop: '600s',
    },
  },
};

// Longer than any virtual user is wanted.
export default function () {
  started.add(1);
  sleep(Number(__ENV.SECONDS));
}
