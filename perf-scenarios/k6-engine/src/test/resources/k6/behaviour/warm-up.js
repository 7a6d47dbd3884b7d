import { check, group, sleep } from 'k6';
import http from 'k6/http';
import { Trend } from 'k6/metrics';

const time = new Trend('time', true);

export const options = { iterations: 20, vus: 2, thresholds: { time: ['p(95)<60000'] } };

export function setup() {
  return { since: Date.now() };
}

export default async function (data) {
  group('everything once', () => {
    const response = http.get(`${__ENV.BASE}/json`);
    check(response, { 'is JSON': (r) => r.json() !== null });
    time.add(response.timings.duration);
    sleep(0.001);
  });
  await http.asyncRequest('GET', `${__ENV.BASE}/json`);
  if (data.since < 0) console.log('never');
}

export function handleSummary() {
  return { stdout: '' };
}
