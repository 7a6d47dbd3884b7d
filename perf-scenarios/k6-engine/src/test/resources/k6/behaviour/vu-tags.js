import exec from 'k6/execution';
import { Counter } from 'k6/metrics';

const counter = new Counter('cc');

export const options = { iterations: 2, tags: { run: 'r' } };

export default function () {
  counter.add(1, { call: 'c', run: 'own' });
  exec.vu.metrics.tags.user = `u${__ITER}`;
  counter.add(1);
  if (__ITER === 1) delete exec.vu.metrics.tags.user;
  counter.add(1);
}
