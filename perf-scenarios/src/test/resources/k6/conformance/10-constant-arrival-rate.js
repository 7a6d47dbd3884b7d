import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const start = new Trend('start_offset', true);

export const options = {
  scenarios: { s: { executor: 'constant-arrival-rate', rate: 4, duration: '2s', preAllocatedVUs: 3 } },
};

export default function () {
  start.add(Date.now() - exec.scenario.startTime);
}
