/**
 * What longer prompts cost in time and money: two users ask about books whose descriptions have one length after the
 * other. Ends with a table, and the same as payload-sweep.csv.
 *
 *   k6 run scenarios/payload-sweep.js --env PAYLOAD_SIZES=100,400,1600
 *
 * Sizes are characters. The BookStore API puts at most 2,000 of them into a prompt. A target without a `create` operation
 * gets the text in place of {description}.
 */
import exec from 'k6/execution';
import { cleanUp, createBook } from '../lib/crud.js';
import { numbers } from '../lib/env.js';
import { summarize } from '../lib/llm.js';
import { DURATION_SCALE, steadyMs, think } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { prose } from '../lib/prose.js';
import { table } from '../lib/tables.js';
import { operation } from '../lib/target.js';
import { sweepThresholds } from '../thresholds.js';

export const meta = {
  variables: {
    PAYLOAD_SIZES: { default: '100,500,1000,1500,2000', means: 'lengths of the descriptions, in characters' },
  },
  thinkSeconds: [[1, 3]],
  modelPercent: 100,
  scenarios: {
    'payload-sweep': { description: 'Prompts of 100 to 2000 characters: latency and cost of each size', users: [2], length: '10m' },
  },
};

const SIZES = numbers('PAYLOAD_SIZES', meta.variables.PAYLOAD_SIZES.default, { min: 1, max: 100000 });
const LENGTH = steadyMs('2m');

export const options = {
  scenarios: Object.fromEntries(
    SIZES.map((size, i) => [
      `size_${size}`,
      {
        executor: 'constant-vus',
        vus: 2,
        startTime: `${i * LENGTH}ms`,
        duration: `${LENGTH}ms`,
        gracefulStop: '30s',
        tags: { size: String(size) },
        env: { PAYLOAD_SIZE: String(size) },
      },
    ]),
  ),
  thresholds: sweepThresholds(SIZES),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
};

export function setup() {
  const { items } = prepare();
  const sized = (size, i) =>
    operation('create') === undefined
      ? { ...items[0], description: prose(size) }
      : { ...items[0], bookId: createBook(i, items[0], prose(size)) };
  return { items: Object.fromEntries(SIZES.map((size, i) => [size, sized(size, i)])) };
}

export default function ({ items }) {
  const size = __ENV.PAYLOAD_SIZE;
  try {
    summarize(items[size], { requestId: `sweep-${size}-${exec.scenario.iterationInTest}` });
  } finally {
    think(meta.thinkSeconds[0]);
  }
}

export function teardown() {
  cleanUp();
}

export function handleSummary({ metrics }) {
  const rows = SIZES.map((size) => {
    const of = (name, value) => metrics[`${name}{size:${size}}`].values[value];
    const answers = of('llm_operations', 'count');
    const each = (total) => (answers > 0 && total > 0 ? total / answers : NaN);
    return [
      size,
      answers,
      each(of('llm_input_tokens', 'count')),
      each(of('llm_output_tokens', 'count')),
      answers > 0 ? of('llm_response_time', 'med') : NaN,
      answers > 0 ? of('llm_response_time', 'p(95)') : NaN,
      1000 * each(of('llm_cost_usd', 'count')),
    ];
  });
  const heads = ['characters', 'answers', 'input tokens', 'output tokens', 'median ms', 'p95 ms', 'USD per 1000'];
  const cell = (value, column) => (Number.isNaN(value) ? '' : Number.isInteger(value) ? value : value.toFixed(column === 6 ? 4 : 0));
  const cells = rows.map((row) => row.map(cell));
  return {
    stdout: `${table(heads, cells)}\n`,
    'payload-sweep.csv': [[...heads, 'duration scale'], ...cells.map((row) => [...row, DURATION_SCALE])].map((row) => `${row.join(',')}\n`).join(''),
  };
}
