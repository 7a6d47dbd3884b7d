import { sleep } from 'k6';
import { Counter } from 'k6/metrics';

const started = new Counter('started');

export const options = { vus: 2, duration: '3s' };

// Long enough for both to begin on a busy machine, and longer than the duration: each virtual user starts one iteration, which can only end in the grace period.
export default function () {
  started.add(1, { vu: String(__VU) });
  sleep(3.5);
}
