/** Shapes of load: stages, users and pauses. Every duration passes `DURATION_SCALE`, so a quick look keeps the shape. */
import { sleep } from 'k6';
import { number } from './env.js';

export const DURATION_SCALE = number('DURATION_SCALE', 1, { min: 0.001, max: 100 });

/** `[['30s', 1], ['2m', 2]]` as k6 stages. */
export function stages(steps) {
  return steps.map(([duration, target]) => ({ duration: scaled(duration), target }));
}

/** A closed loop: each user waits for its answer before it goes on, as the guide asks. */
export function users(steps, gracefulRampDown = '30s') {
  return { executor: 'ramping-vus', startVUs: 1, stages: stages(steps), gracefulRampDown, gracefulStop: '30s' };
}

/** A duration such as `1m30s` times `DURATION_SCALE`, in k6's notation. */
export function scaled(duration) {
  const seconds = [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)]
    .map(([, amount, unit]) => Number(amount) * { ms: 0.001, s: 1, m: 60, h: 3600 }[unit])
    .reduce((sum, part) => sum + part, 0);
  return `${Math.round(seconds * DURATION_SCALE * 1000)}ms`;
}

/** A reader's pause of `min` to `max` seconds, scaled like everything else. */
export function think(min, max) {
  sleep((min + Math.random() * (max - min)) * DURATION_SCALE);
}
