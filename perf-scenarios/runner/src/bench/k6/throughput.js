// One request, its JSON and four checks an iteration, as fast as it goes.
import http from 'k6/http';
import { check } from 'k6';

export const options = {
  scenarios: {
    load: { executor: 'constant-vus', vus: Number(__ENV.VUS), duration: __ENV.DURATION, gracefulStop: '0s' },
  },
  thresholds: { http_req_failed: ['rate==0'], checks: ['rate==1'] },
};

export default function () {
  const answer = http.get(`${__ENV.BASE_URL}/`, { tags: { name: 'zero' } });
  const body = answer.json();
  check(answer, {
    'is 200': (r) => r.status === 200,
    'is JSON': (r) => r.headers['Content-Type'] === 'application/json',
    'has an answer': () => body.a === 1,
    'is short': (r) => r.body.length < 100,
  });
}
