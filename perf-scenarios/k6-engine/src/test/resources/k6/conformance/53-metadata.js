import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';
import { Counter } from 'k6/metrics';

const counter = new Counter('cc');

export const options = { iterations: 2, thresholds: { 'cc{trace_id:a0}': ['count<100'] } };

export default function () {
  const { metadata } = exec.vu.metrics;
  // The metadata of a virtual user outlives an iteration, as its tags do.
  counter.add(1);
  metadata.trace_id = `a${__ITER}`;
  metadata['number'] = 7;
  http.batch([`${__ENV.BASE_URL}/json`, `${__ENV.BASE_URL}/redirect/1`]);
  check(null, { told: () => true });
  counter.add(1);
  console.log(`${metadata.trace_id} ${typeof metadata.number} ${metadata.unset} ${'number' in metadata} ${Object.keys(metadata).sort()}`);
  delete metadata.number;
  counter.add(1);
  try {
    metadata.trace_id = { an: 'object' };
  } catch (refused) {
    console.log(`${refused instanceof Error} ${metadata.trace_id}`);
  }
}
