import { check } from 'k6';

export const options = { thresholds: { checks: ['rate>0.9'], iterations: ['count==1'] } };

export default function () {
  check(1, { fails: false });
}

export function handleSummary(data) {
  return { stdout: JSON.stringify([data.metrics.checks.thresholds, data.metrics.iterations.thresholds]) };
}
