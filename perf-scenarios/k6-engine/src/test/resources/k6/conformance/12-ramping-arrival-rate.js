import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const start = new Trend('start_offset', true);

// As many virtual users as starts: however late they come, none may be dropped.
export const options = {
  scenarios: {
    s: { executor: 'ramping-arrival-rate', startRate: 0, preAllocatedVUs: 8, stages: [{ duration: '2s', target: 8 }] },
  },
};

export default function () {
  start.add(exec.scenario.progress * 2000);
}
