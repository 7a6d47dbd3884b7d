import { sleep } from 'k6';

export const options = {
  scenarios: {
    s: {
      executor: 'ramping-vus',
      startVUs: 3,
      stages: [{ duration: '1s', target: 3 }, { duration: '3s', target: 0 }, { duration: '2s', target: 0 }],
      gracefulRampDown: __ENV.GRACE,
    },
  },
};

export default function () {
  sleep(4.5);
}
