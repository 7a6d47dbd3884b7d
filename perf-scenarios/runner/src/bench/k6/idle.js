// Virtual users that have each sent one request and then do nothing.
import http from 'k6/http';
import { sleep } from 'k6';

export const options = {
  scenarios: { load: { executor: 'constant-vus', vus: Number(__ENV.VUS), duration: '8s', gracefulStop: '0s' } },
};

export default function () {
  http.get(`${__ENV.BASE_URL}/`);
  sleep(60);
}
