import { Counter, Trend } from 'k6/metrics';

new Counter('cc');
new Trend('tt');

export const options = { thresholds: { [__ENV.METRIC]: [__ENV.EXPRESSION] } };

export default function () {
  console.log('ran');
}
