/** What every scenario does before its load: is the target there, has it data, what is there to work on. */
import { fail } from 'k6';
import { health, items, seed } from './client.js';
import { refuseUnknownValues, target } from './target.js';

export function prepare() {
  refuseUnknownValues();
  const healthy = health();
  if (healthy.status !== 200) {
    fail(`${target.name} at ${target.baseUrl} is not ready (${healthy.error || `HTTP ${healthy.status}`}): start it or set BASE_URL.`);
  }
  const seeded = seed();
  if (seeded && seeded.status >= 400) fail(`${target.name} refused its test data (HTTP ${seeded.status}).`);
  return { items: items() };
}
