import exec from 'k6/execution';

// Longer than it ever takes: the run ends as soon as its only virtual user has been given a second start.
export const options = {
  scenarios: { s: { executor: 'constant-arrival-rate', rate: 4, duration: '240s', preAllocatedVUs: 1 } },
};

export default function () {
  if (__ITER === 1) exec.test.abort('started again');
}
