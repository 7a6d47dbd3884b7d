import { sleep } from 'k6';
import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const start = new Trend('start_offset', true);
let started = false;

export const options = {
  scenarios: {
    s: {
      executor: 'ramping-vus',
      startVUs: 0,
      stages: [{ duration: '1500ms', target: 3 }, { duration: '2500ms', target: 3 }],
      gracefulStop: '0s',
    },
  },
};

export default function () {
  if (!started) start.add(exec.scenario.progress * 4000);
  started = true;
  sleep(0.1);
}
