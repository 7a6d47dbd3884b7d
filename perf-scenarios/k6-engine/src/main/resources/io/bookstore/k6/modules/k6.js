import host from 'k6/internal/host';
import { makeError } from 'k6/internal/globals';

const { recordCheck, enterGroup, leaveGroup } = host;
const AsyncFunction = (async () => {}).constructor;

export function check(value, sets, tags) {
  host.requireRunning('check()');
  if (typeof sets !== 'object' || sets === null) throw makeError('check() needs an object with checks');
  let all = true;
  for (const name of Object.keys(sets)) {
    let result = sets[name];
    if (typeof result === 'function') {
      if (result instanceof AsyncFunction) throw makeError(`check '${name}' is async, which check() cannot wait for`);
      try {
        result = result(value);
      } catch (error) {
        recordCheck(name, false, tags);
        throw error;
      }
    }
    const passed = Boolean(result);
    recordCheck(name, passed, tags);
    all = all && passed;
  }
  return all;
}

export function group(name, body) {
  host.requireRunning('group()');
  if (typeof body !== 'function') throw makeError(`group '${name}' needs a function`);
  if (body instanceof AsyncFunction) throw makeError(`group '${name}' has an async function, which group() cannot wait for; k6 2.3 can with --features async-metric-context`);
  const outer = enterGroup(String(name));
  try {
    return body();
  } finally {
    leaveGroup(outer);
  }
}

export function sleep(seconds) {
  const length = Number(seconds);
  if (length > 0) host.sleep(length);
}

export function fail(message) {
  throw makeError(message === undefined ? 'fail() was called' : String(message));
}

// mulberry32: 32 bits of state are plenty for choosing test data.
export function randomSeed(seed) {
  let state = Number(seed) >>> 0;
  Math.random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export default { check, group, sleep, fail, randomSeed };
