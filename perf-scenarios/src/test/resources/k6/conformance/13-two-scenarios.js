import { Trend } from 'k6/metrics';

const offset = new Trend('offset', true);

export const options = {
  scenarios: {
    first: { executor: 'per-vu-iterations', tags: { kind: 'one' }, env: { WHO: 'first' } },
    second: { executor: 'per-vu-iterations', startTime: '1s', exec: 'other', env: { WHO: 'second' } },
  },
};

export function setup() {
  return { start: Date.now() };
}

export default function ({ start }) {
  offset.add(Date.now() - start);
  console.log(__ENV.WHO);
}

export function other({ start }) {
  offset.add(Date.now() - start);
  console.log(__ENV.WHO);
}
