import http from 'k6/http';
import { check } from 'k6';

export const options = { thresholds: { checks: ['rate==1'] } };

export default function () {
  check(http.get(__ENV.BASE_URL), { 'status is 200': (response) => response.status === 200 });
}
