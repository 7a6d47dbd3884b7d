import { sleep } from 'k6';
import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const start = new Trend('start_offset', true);

export const options = { vus: 2, duration: '1s' };

export default function () {
  start.add(exec.scenario.progress * 1000);
  sleep(0.35);
}
