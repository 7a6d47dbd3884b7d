/**
 * Shapes of load: stages, users, arrivals and pauses. Every duration passes `DURATION_SCALE`, so a quick look keeps the shape;
 * no rate does, so a minute is a minute.
 */
import { sleep } from 'k6';
import { integer, number } from './env.js';
import { areaOf, mostWithin } from './schedule.js';

export const variables = {
  DURATION_SCALE: { default: 1, means: 'factor on every stage and pause, never on an arrival rate; the report says so' },
};

export const DURATION_SCALE = number('DURATION_SCALE', variables.DURATION_SCALE.default, { min: 0.001, max: 100 });

/** What a run draws by the keys of its requests depends on it. */
export const SEED = integer('SEED', 1, { min: 0, max: 4294967295 });

// An arrival that finds no idle virtual user is lost, so there are enough for arrivals that take longer than any limit.
const LONGEST_EXPECTED_SECONDS = 15;
const MOST_VUS = 100;

// For a search: half as many again as arrive within the limit, so that an arrival that finds none would have been too late.
const SPARE_USERS = 1.5;
const MOST_USERS_OF_A_SEARCH = 500;

/** `[['30s', 1], ['2m', 2]]` as k6 stages. */
export function stages(steps) {
  return steps.map(([duration, target]) => ({ duration: scaled(duration), target }));
}

/** A closed loop: each user waits for its answer before it goes on, as the guide asks. */
export function users(steps, gracefulRampDown = '30s') {
  return { executor: 'ramping-vus', startVUs: 1, stages: stages(steps), gracefulRampDown, gracefulStop: '30s' };
}

/**
 * The open loop to the same steps: requests keep arriving however slow the service is, as those of real users do. Each
 * user of a step stands for `perUser` arrivals a minute, which is what such a user makes while the service holds its
 * pace. A shorter run has fewer arrivals, at the same rate.
 */
export function arrivals(steps, perUser) {
  const peak = perUser * Math.max(...steps.map(([, target]) => target));
  return {
    executor: 'ramping-arrival-rate',
    startRate: perUser,
    timeUnit: '1m',
    stages: stages(steps.map(([duration, target]) => [duration, target * perUser])),
    ...vusFor(peak, lengthOf(steps)),
    gracefulStop: '30s',
  };
}

/**
 * An open loop of always the same rate, for so many milliseconds.
 * @param {any} [more] other options of the scenario
 */
export function steadyArrivals(perMinute, durationMs, more = {}) {
  return {
    executor: 'constant-arrival-rate',
    rate: perMinute,
    timeUnit: '1m',
    duration: `${durationMs}ms`,
    ...vusFor(perMinute, durationMs),
    gracefulStop: '30s',
    ...more,
  };
}

/** The scaled minutes of all users of those steps together, from one user on. */
export function userMinutes(steps) {
  return areaOf(ramp(steps)) / 60000;
}

/** The stretches between those steps, scaled, from one user on. */
export function ramp(steps) {
  return steps.map(([duration, to], i) => ({ ms: scaledMs(duration), from: i === 0 ? 1 : steps[i - 1][1], to }));
}

/** The scaled milliseconds of those steps together. */
export function lengthOf(steps) {
  return steps.reduce((sum, [duration]) => sum + scaledMs(duration), 0);
}

/** A duration such as `1m30s` times `DURATION_SCALE`, in k6's notation. */
export function scaled(duration) {
  return `${scaledMs(duration)}ms`;
}

/** The same in milliseconds. */
export function scaledMs(duration) {
  const seconds = [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)]
    .map(([, amount, unit]) => Number(amount) * { ms: 0.001, s: 1, m: 60, h: 3600 }[unit])
    .reduce((sum, part) => sum + part, 0);
  return Math.round(seconds * DURATION_SCALE * 1000);
}

/** The same for the executors that k6 refuses to run for less than a second. */
export function steadyMs(duration) {
  return Math.max(1000, scaledMs(duration));
}

/**
 * A reader's pause between two numbers of seconds, scaled as stages are.
 * @param {number[]} seconds
 * @param {number} drawn the place between them, from 0 to 1
 */
export function think([min, max], drawn = Math.random()) {
  sleep((min + drawn * (max - min)) * DURATION_SCALE);
}

/**
 * Virtual users for a rate at which good answers take no longer than the limit.
 * @param {string} name the variable that has the rate
 * @param {string} work what an arrival asks for
 */
export function steadyUsers(name, perMinute, limitMs, durationMs, work = 'answers') {
  const needed = (SPARE_USERS * limitMs) / 60000;
  const most = Math.floor(MOST_USERS_OF_A_SEARCH / needed);
  if (perMinute > most) {
    throw new Error(
      `${name} must be at most ${most} for ${work} within ${limitMs} ms, for there are ${MOST_USERS_OF_A_SEARCH} virtual users, was ${perMinute}.`,
    );
  }
  // One more than the rate says, for there may be one at the very end.
  const arrivals = Math.ceil((perMinute * durationMs) / 60000) + 1;
  const vus = Math.min(arrivals, Math.ceil(perMinute * needed));
  return { preAllocatedVUs: vus, maxVUs: vus };
}

/** Virtual users for arrivals at those moments: enough for all that come while one waits for its answer. */
export function usersFor(moments) {
  return Math.min(MOST_VUS, mostWithin(moments, LONGEST_EXPECTED_SECONDS * 1000));
}

function vusFor(perMinute, durationMs) {
  const seconds = Math.min(LONGEST_EXPECTED_SECONDS, durationMs / 1000);
  const preAllocatedVUs = Math.min(MOST_VUS, Math.ceil((perMinute * seconds) / 60));
  return { preAllocatedVUs, maxVUs: preAllocatedVUs };
}
