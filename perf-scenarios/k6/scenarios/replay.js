/**
 * The requests of a recording with its own timing: an access log, a trace, the journal of the simulator, or JSON lines.
 * docs/replay.md has the formats.
 *
 *   k6 run scenarios/replay.js --env RECORDING=/var/log/access.log --env SPEED=2
 *
 * SPEED=2 replays in half the time. DURATION_SCALE=0.1 replays the first tenth, at its own pace.
 */
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import { awaitArrival, scheduled } from '../lib/arrivals.js';
import { cleanUp, repeat, repeatUndescribed } from '../lib/crud.js';
import { number, text } from '../lib/env.js';
import { summarize } from '../lib/llm.js';
import { DURATION_SCALE } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { read, resolve } from '../lib/recording.js';
import { itemFields, target } from '../lib/target.js';
import { crudThresholds, llmThresholds, openLoopThresholds } from '../thresholds.js';

export const meta = {
  variables: {
    RECORDING: { default: 'sample', means: 'a file of k6/recordings/, or the path of a recording' },
    SPEED: { default: 1, means: 'factor on the pace of the recording, 0.01 to 1000' },
  },
  // The estimate before a paid run counts each request as one to the model, for only the recording knows.
  modelPercent: 100,
  scenarios: {
    replay: { description: 'The requests of a recording, with its timing', perMinute: [60], length: '1m' },
  },
};

const RECORDING = text('RECORDING', meta.variables.RECORDING.default);
const SPEED = number('SPEED', meta.variables.SPEED.default, { min: 0.01, max: 1000 });

/** @type {any[]} */
const requests = new SharedArray('recording', () => recorded());
// Whole seconds, as k6's shortest scenario is one of them.
const { lengthMs, models } = new SharedArray('facts of the recording', () => {
  const models = Array.from(requests).filter(({ model }) => model).length;
  return [{ lengthMs: 1000 * Math.max(1, Math.ceil(requests[requests.length - 1].ms / 1000)), models }];
})[0];
const moments = new SharedArray('moments of the recording', () => Array.from(requests, ({ ms }) => ms));

export const options = {
  scenarios: {
    replay: scheduled(moments, lengthMs, {
      executor: 'recorded-arrival-rate',
      rate: moments.length,
      timeUnit: `${lengthMs}ms`,
      duration: `${lengthMs}ms`,
      preAllocatedVUs: 1,
    }),
  },
  thresholds: {
    ...(models > 0 ? llmThresholds() : {}),
    ...(models < moments.length ? crudThresholds() : {}),
    ...openLoopThresholds(),
  },
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  awaitArrival();
  const n = exec.scenario.iterationInTest;
  const { item = n, model, operation, method, path, values } = requests[n % requests.length];
  const subject = items[item % items.length];
  if (model) summarize({ ...subject, ...values }, { requestId: values.requestId || `replay-${n}` });
  else if (operation === undefined) repeatUndescribed(method, path);
  else repeat(operation, n, subject, values);
}

export function teardown() {
  cleanUp();
}

function recorded() {
  const file = /[/.]/.test(RECORDING) ? RECORDING : import.meta.resolve(`../recordings/${RECORDING}.txt`);
  let source;
  try {
    source = open(file);
  } catch (missing) {
    throw new Error(`RECORDING "${RECORDING}" cannot be read as ${file}: use sample, or the path of a recording.`);
  }
  try {
    const all = resolve(read(source), target.operations, itemFields());
    const end = all[all.length - 1].ms * DURATION_SCALE;
    return all.filter(({ ms }, i) => i === 0 || ms <= end).map((request) => ({ ...request, ms: request.ms / SPEED }));
  } catch (broken) {
    throw new Error(`RECORDING "${RECORDING}" ${broken.message}.`);
  }
}
