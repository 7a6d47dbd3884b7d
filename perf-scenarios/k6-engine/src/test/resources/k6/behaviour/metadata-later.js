import http from 'k6/http';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';

const counter = new Counter('cc');

export default async function () {
  exec.vu.metrics.metadata.trace_id = 'first';
  const first = http.asyncRequest('GET', `${__ENV.BASE}/json`);
  exec.vu.metrics.metadata.trace_id = 'second';
  const second = http.asyncRequest('GET', `${__ENV.BASE}/json`);
  await Promise.all([first, second]);
  counter.add(1);
}
