import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const start = new Trend('start_offset', true);

export const options = {
  scenarios: {
    s: { executor: 'ramping-arrival-rate', startRate: 0, preAllocatedVUs: 3, stages: [{ duration: '2s', target: 8 }] },
  },
};

export default function () {
  start.add(Date.now() - exec.scenario.startTime);
}
