// How much later than planned each arrival starts.
import http from 'k6/http';
import exec from 'k6/execution';
import { Trend } from 'k6/metrics';

const late = new Trend('late', true);
const rate = Number(__ENV.RATE);

export const options = {
  scenarios: {
    load: {
      executor: 'constant-arrival-rate',
      rate,
      duration: __ENV.DURATION,
      preAllocatedVUs: 50,
    },
  },
};

export default function () {
  late.add(Date.now() - exec.scenario.startTime - (exec.scenario.iterationInTest * 1000) / rate);
  http.get(`${__ENV.BASE_URL}/`);
}
