import { Trend } from 'k6/metrics';

const squares = new Trend('squares');

export const options = { summaryTrendStats: ['avg', 'med', 'p(25)', 'p(90)', 'p(99.9)', 'count'] };

export default function () {
  for (let i = 1; i <= 10; i++) squares.add(i * i);
}
