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
import { curve, figure, ms, outputs, table, usd, values } from '../lib/answer.js';
import { cleanUp, createBook } from '../lib/crud.js';
import { numbers } from '../lib/env.js';
import { summarize } from '../lib/llm.js';
import { DURATION_SCALE, steadyMs, think } from '../lib/load.js';
import { prepare } from '../lib/prepare.js';
import { prose } from '../lib/prose.js';
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
const SIZE = ['description', 'characters'];

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
    const of = (name) => values(metrics, `${name}{size:${size}}`);
    const answers = of('llm_operations').count || 0;
    const each = (total) => (answers > 0 && total > 0 ? total / answers : NaN);
    return {
      size,
      answers,
      input: each(of('llm_input_tokens').count),
      output: each(of('llm_output_tokens').count),
      median: answers > 0 ? of('llm_response_time').med : NaN,
      p95: answers > 0 ? of('llm_response_time')['p(95)'] : NaN,
      usd: 1000 * each(of('llm_cost_usd').count),
    };
  });
  const points = (of) => rows.map((row) => [row.size, of(row)]);
  const columns = [SIZE, ['answers'], ['input tokens'], ['output tokens'], ['median', 'ms'], ['p95', 'ms'], ['1000 answers', 'USD']];
  const cells = rows.map(({ size, answers, input, output, median, p95, usd: cost }) => [size, answers, input, output, median, p95, cost]);
  return {
    ...outputs(DURATION_SCALE, {
      ...compare(rows),
      sections: [
        ...curve('Size against latency', SIZE, ['latency', 'ms'], [['median', points(({ median }) => median)], ['p95', points(({ p95 }) => p95)]]),
        ...curve('Size against tokens', SIZE, ['tokens of an answer', ''], [['input', points(({ input }) => input)], ['output', points(({ output }) => output)]]),
        ...curve('Size against cost', SIZE, ['1000 answers', 'USD'], [['cost', points((row) => row.usd)]]),
        table('Sizes', columns, cells),
      ],
    }),
    'payload-sweep.csv': csv(cells),
  };
}

/** The smallest size that was answered against the largest. */
function compare(rows) {
  const answered = rows.filter(({ answers }) => answers > 0).sort((a, b) => a.size - b.size);
  if (answered.length === 0) return { sentence: 'No size was answered.' };
  const [first] = answered;
  const last = answered[answered.length - 1];
  const cost = Number.isFinite(first.usd) && Number.isFinite(last.usd) ? `, and 1,000 answers from ${usd(first.usd)} to ${usd(last.usd)}` : '';
  return {
    sentence:
      answered.length === 1
        ? `At ${first.size} characters the median is ${ms(first.median)}.`
        : `From ${first.size} to ${last.size} characters the median goes from ${ms(first.median)} to ${ms(last.median)}${cost}.`,
    figures: [
      figure(`median at ${last.size} characters`, last.median, 'ms'),
      figure(`input at ${last.size} characters`, last.input, 'tokens'),
      figure(`1000 answers at ${last.size} characters`, last.usd, 'USD'),
    ],
  };
}

function csv(cells) {
  const heads = ['characters', 'answers', 'input tokens', 'output tokens', 'median ms', 'p95 ms', 'USD per 1000', 'duration scale'];
  const cell = (value, column) => (Number.isNaN(value) ? '' : Number.isInteger(value) ? value : value.toFixed(column === 6 ? 4 : 0));
  return [heads, ...cells.map((row) => [...row.map(cell), DURATION_SCALE])].map((row) => `${row.join(',')}\n`).join('');
}
