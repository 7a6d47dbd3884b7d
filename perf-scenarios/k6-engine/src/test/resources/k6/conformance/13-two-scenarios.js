import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const offset = new Trend('offset', true);

export const options = {
  scenarios: {
    first: { executor: 'per-vu-iterations', tags: { kind: 'one' }, env: { WHO: 'first' } },
    second: { executor: 'per-vu-iterations', startTime: '1s', exec: 'other', env: { WHO: 'second' } },
  },
};

export default function () {
  offset.add(exec.instance.currentTestRunDuration);
  console.log(`default for ${__ENV.WHO}`);
}

export function other() {
  offset.add(exec.instance.currentTestRunDuration);
  console.log(`other for ${__ENV.WHO}`);
}
