import http from 'k6/http';
import { sleep } from 'k6';

export const options = {
  iterations: 20,
  thresholds: { http_req_failed: ['rate<0.5'], http_reqs: ['count==20'] },
};

export default function () {
  if (__ITER === 3) {
    console.log('let it die');
  }
  // Until the service is gone; every request from then on is refused.
  while (http.get(`${__ENV.BASE}/status/200`).status === 200 && __ITER === 3) {
    sleep(0.01);
  }
}
