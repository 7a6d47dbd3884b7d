/**
 * Open loops whose requests arrive at moments of a schedule: drawn by a seed, or those of a recording.
 *
 * k6's arrival rates are even, and an iteration that waits for a later moment would hold a virtual user that the next
 * arrival needs. So the schedule is made in init, and a scenario of shared iterations goes through it: its n-th iteration is
 * the n-th arrival, and the virtual user that takes it sleeps until then. Iterations are given out in order, so those that
 * sleep are the next ones, and no more virtual users are needed than there are requests under way: as many as arrive in
 * 15 s, at most 100, as with an even rate. It is plain k6, and it does not matter how uneven the schedule is.
 *
 * An arrival that finds all virtual users at work is not dropped but sent late, and its response time counts from its
 * intended start. One that has not begun when the schedule ends is a dropped iteration.
 */
import { sleep } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import { choice, integer, number, text } from './env.js';
import { arrivals, lengthOf, ramp, userMinutes, usersFor } from './load.js';
import { drawn } from './schedule.js';

const KINDS = ['constant', 'poisson', 'gamma'];

// llm-perf plans the scenario by this variable. It is there only where the scenario itself runs: --iterations runs another.
const PLANNED_AS = 'PLANNED_AS';

/** @type {number[] | undefined} */
let schedule;

/** Milliseconds by which the current iteration started after its intended start. */
let lateMs = 0;

/**
 * An open loop to the same steps as `arrivals` of load.js, with gaps as ARRIVALS and BURSTINESS say.
 * @param {any} variables those of the script's `meta`, which have the defaults
 */
export function openLoop(steps, perUser, variables) {
  const even = arrivals(steps, perUser);
  const kind = choice('ARRIVALS', variables.ARRIVALS.default, KINDS);
  if (kind !== 'gamma') refuse('BURSTINESS', 'is the shape of gamma arrivals: set ARRIVALS=gamma too, or leave it out');
  if (kind === 'constant') return even;
  const shape = kind === 'poisson' ? 1 : number('BURSTINESS', variables.BURSTINESS.default, { min: 0.05, max: 100 });
  const seed = integer('SEED', variables.SEED.default, { min: 0, max: 4294967295 });
  // The tolerance is that of k6: five times 0.2 arrivals are one.
  const count = Math.max(1, Math.floor(perUser * userMinutes(steps) + 1e-9));
  const moments = new SharedArray('arrivals', () => drawn(seed, shape, count, ramp(steps)));
  return scheduled(moments, lengthOf(steps), { ...even, executor: `${kind}-arrival-rate` });
}

/** Refuses the variables of arrivals in a closed loop, which would leave them unread. */
export function refuseArrivals(load) {
  for (const name of ['ARRIVALS', 'BURSTINESS']) {
    refuse(name, `is for an open loop, and ${load} is a closed one: choose its twin ${load}_open, or leave it out`);
  }
}

/**
 * A scenario whose n-th iteration arrives at the n-th moment.
 * @param {any} planned options of an executor that has the same rate with even gaps, under the name of this one
 */
export function scheduled(moments, durationMs, planned) {
  schedule = moments;
  return {
    executor: 'shared-iterations',
    vus: new SharedArray('users of the arrivals', () => [usersFor(moments)])[0],
    iterations: moments.length,
    // k6 refuses less than a second.
    maxDuration: `${Math.max(1000, durationMs)}ms`,
    gracefulStop: '30s',
    env: { [PLANNED_AS]: JSON.stringify(planned) },
  };
}

/**
 * Waits for the intended start of this iteration, where it has one. Samples of its request, one for each iteration, tell it
 * in their metadata: `arrival_ms` from the start of the scenario, and `late_ms` by how much the request is later.
 */
export function awaitArrival() {
  if (schedule === undefined || text(PLANNED_AS, undefined) === undefined) return;
  const intended = schedule[exec.scenario.iterationInTest];
  const early = intended - sinceStart();
  if (early > 0) sleep(early / 1000);
  lateMs = Math.max(0, sinceStart() - intended);
  const { metadata } = exec.vu.metrics;
  metadata.arrival_ms = String(intended);
  metadata.late_ms = String(lateMs);
}

/** Lets what comes later in this iteration count from its own start: only its first request was due at the intended one. */
export function leaveArrival() {
  lateMs = 0;
  const { metadata } = exec.vu.metrics;
  delete metadata.arrival_ms;
  delete metadata.late_ms;
}

/** The time of a response from the intended start of its request, in milliseconds; from its start where none was intended. */
export function responseTimeOf(response) {
  return lateMs + response.timings.duration;
}

function sinceStart() {
  return Date.now() - exec.scenario.startTime;
}

function refuse(name, reason) {
  const value = text(name, undefined);
  if (value !== undefined) throw new Error(`${name}=${value} ${reason}.`);
}
