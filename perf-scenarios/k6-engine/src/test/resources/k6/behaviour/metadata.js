import exec from 'k6/execution';
import { Counter } from 'k6/metrics';

const counter = new Counter('cc');

export default function () {
  exec.vu.metrics.metadata.trace_id = '4bf9';
  exec.vu.metrics.metadata.a = 1;
  counter.add(1);
}
