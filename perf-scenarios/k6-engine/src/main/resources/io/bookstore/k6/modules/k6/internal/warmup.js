// What nearly every script does, against a socket of the engine's own; see Warmup.
import http from 'k6/http';
import { check, group } from 'k6';
import exec from 'k6/execution';
import { Counter, Rate, Trend } from 'k6/metrics';

const trend = new Trend('warm_trend', true);
const rate = new Rate('warm_rate');
const counter = new Counter('warm_counter');

export default function () {
  group('warm-up', () => {
    const response = http.get(__ENV.URL, { headers: { Accept: 'application/json' }, tags: { name: 'warm-up' }, timeout: '2s' });
    const passed = check(response, { 'is 200': (r) => r.status === 200, 'has a': (r) => r.json('a') === 1 });
    rate.add(!passed);
    trend.add(response.timings.duration, { kind: 'warm-up' });
    counter.add(exec.scenario.iterationInTest);
  });
}
