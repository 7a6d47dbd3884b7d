import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const start = new Trend('start_offset', true);

// As many virtual users as starts: however late they come, none may be dropped.
export const options = {
  scenarios: { s: { executor: 'constant-arrival-rate', rate: 4, duration: '2s', preAllocatedVUs: 10 } },
};

export default function () {
  start.add(exec.scenario.progress * 2000);
}
