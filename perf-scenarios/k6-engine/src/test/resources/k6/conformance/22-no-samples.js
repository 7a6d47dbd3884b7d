import { Counter, Gauge, Rate, Trend } from 'k6/metrics';

new Rate('my_rate');
new Counter('my_counter');
new Trend('my_trend');
new Gauge('my_gauge');

export const options = { thresholds: { [__ENV.METRIC]: [__ENV.EXPRESSION] } };

export default function () {}
