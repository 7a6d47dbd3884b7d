import { sleep } from 'k6';

export const options = {
  scenarios: { s: { executor: 'constant-arrival-rate', rate: 4, duration: '2s', preAllocatedVUs: 1 } },
};

export default function () {
  sleep(0.95);
}
