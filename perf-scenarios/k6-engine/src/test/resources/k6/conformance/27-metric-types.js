import { sleep } from 'k6';
import { Counter, Gauge, Rate } from 'k6/metrics';

const counter = new Counter('cc');
const rate = new Rate('rr');
const gauge = new Gauge('gg');

export function setup() {
  sleep(0.5);
}

export default function () {
  counter.add(2);
  counter.add(3);
  [1, 0, true, false].forEach((value) => rate.add(value));
  [5, -1, 2].forEach((value) => gauge.add(value));
  sleep(0.6);
}

export function handleSummary(data) {
  return { stdout: JSON.stringify({ cc: data.metrics.cc.values, ms: data.state.testRunDurationMs }) };
}
