import { above, shape } from './charts.js';
import { element } from './dom.js';
import { count, duration, percent, significant } from './format.js';

const WIDTH = 320;
const HEIGHT = 120;
const COLUMNS = [
  ['Probe', ''],
  ['A minute', 'number'],
  ['Requests', 'number wide'],
  ['Good', 'number'],
  ['P95', 'number'],
  ['Outcome', ''],
];

/** The class of a chip and of a dot; the words are those of the command. */
const KINDS = {
  holds: 'passed',
  'does not hold': 'crossed',
  'over-saturated': 'crossed',
  'in the interval': 'inconclusive',
  stalled: 'inconclusive',
  INVALID: 'invalid',
};

/** A probe in words, such as "probe 3, 54.8 a minute". */
export const probeName = ({ number, perMinute }) => `probe ${number}, ${significant(perMinute)} a minute`;

/** The interval so far in a sentence. */
function interval({ lowerPerMinute: lower, upperPerMinute: upper }) {
  if (lower !== undefined && upper !== undefined) {
    return `So far the capacity is between ${significant(lower)} and ${significant(upper)} a minute.`;
  }
  const holds = lower === undefined ? 'no rate certainly holds' : `${significant(lower)} a minute certainly holds`;
  const fails = upper === undefined ? 'no rate certainly fails' : `${significant(upper)} a minute certainly fails`;
  return `So far ${holds}, and ${fails}.`;
}

/** Values of the probes over their rates, with the interval as a band: `<rate-chart>`. Rates have a logarithmic scale. */
class RateChart extends HTMLElement {
  #svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', preserveAspectRatio: 'none' });
  #title = element('h3');
  #scale = element('p', { class: 'scale' });
  #least = element('span');
  #most = element('span');

  connectedCallback() {
    this.replaceChildren(this.#title, this.#scale, this.#svg, element('p', { class: 'ends' }, this.#least, this.#most));
  }

  /**
   * @param {{ title: string, points: { rate: number, value: number, kind: string }[], most?: number, goal?: number,
   *   lower?: number, upper?: number, format: (value: number) => string }} chart
   */
  draw({ title, points, most = above(Math.max(0, ...points.map(({ value }) => value))), goal, lower, upper, format }) {
    const sorted = points.toSorted((a, b) => a.rate - b.rate);
    const first = sorted[0].rate / 1.1;
    const last = sorted.at(-1).rate * 1.1;
    const x = (rate) => ((WIDTH * Math.log(rate / first)) / Math.log(last / first)).toFixed(1);
    const y = (value) => (HEIGHT - 6 - ((HEIGHT - 12) * value) / most).toFixed(1);
    const line = (attributes, ...ends) => shape('polyline', { ...attributes, points: ends.join(' ') });
    const parts = [];
    if (upper !== undefined) {
      const from = x(Math.max(first, lower ?? first));
      parts.push(shape('rect', { class: 'band odd', x: from, y: 0, width: Math.max(0, x(Math.min(last, upper)) - from), height: HEIGHT }));
    }
    if (goal !== undefined) {
      parts.push(line({ class: 'goal' }, `0,${y(goal)}`, `${WIDTH},${y(goal)}`));
    }
    parts.push(line({ class: 'line' }, ...sorted.map(({ rate, value }) => `${x(rate)},${y(value)}`)));
    parts.push(...sorted.map(({ rate, value, kind }) => line({ class: `dot ${kind}` }, `${x(rate)},${y(value)}`, `${x(rate)},${y(value)}`)));
    this.#title.textContent = title;
    this.#scale.textContent = format(most);
    this.#least.textContent = `${significant(sorted[0].rate)} a minute`;
    this.#most.textContent = significant(sorted.at(-1).rate);
    this.#svg.setAttribute('aria-label', `${title}: ${sorted.map(({ rate, value }) => `${format(value)} at ${significant(rate)} a minute`).join(', ')}`);
    this.#svg.replaceChildren(...parts);
  }
}

customElements.define('rate-chart', RateChart);

/** The probes of a search, live or ended; its parts stay while their texts change. */
export function searchParts() {
  const sentence = element('p', { class: 'sentence', 'aria-live': 'polite' });
  const good = document.createElement('rate-chart');
  const latency = document.createElement('rate-chart');
  const charts = element('div', { class: 'charts', hidden: true }, good, latency);
  const rows = element('tbody');
  const table = element(
    'table',
    { class: 'probes' },
    element('caption', {}, 'Probes in their order, each with its report'),
    element('thead', {}, element('tr', {}, ...COLUMNS.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name)))),
    rows,
  );
  const whole = element('section', { class: 'search', 'aria-label': 'Probes', hidden: true }, sentence, charts, table);
  let shown = '';

  function update(search, id) {
    const state = JSON.stringify(search);
    if (state === shown) {
      return;
    }
    shown = state;
    whole.hidden = false;
    sentence.hidden = search.ending !== undefined;
    sentence.textContent = interval(search);
    rows.replaceChildren(...search.probes.map((probe, i) => row(probe, i + 1, id)), ...(search.probing ? [goingOn(search.probing)] : []));
    drawCharts(search);
  }

  function drawCharts({ probes, attainment, lowerPerMinute: lower, upperPerMinute: upper }) {
    const valid = probes.filter(({ invalid }) => !invalid);
    const points = (key) =>
      valid.filter((probe) => probe[key] !== undefined).map((probe) => ({ rate: probe.perMinute, value: probe[key], kind: KINDS[probe.outcome] ?? '' }));
    charts.hidden = valid.length === 0;
    if (valid.length > 0) {
      good.draw({ title: `Good requests, ${percent(attainment)} wanted`, points: points('share'), most: 1, goal: attainment, lower, upper, format: percent });
    }
    const measured = points('p95Ms');
    latency.hidden = measured.length === 0;
    if (measured.length > 0) {
      latency.draw({ title: 'P95', points: measured, lower, upper, format: duration });
    }
  }

  return { element: whole, update };
}

function row({ perMinute, scheduled, share, p95Ms, outcome, invalid, folder }, number, id) {
  const report = `reports/${[...id.split('/'), folder, 'report.html'].map(encodeURIComponent).join('/')}`;
  return cells(
    element('a', { href: report, target: '_blank', rel: 'noopener' }, `probe ${number}`),
    significant(perMinute),
    count(scheduled),
    invalid ? percent() : percent(share),
    duration(p95Ms),
    element('span', { class: `chip ${KINDS[outcome] ?? ''}` }, outcome ?? (invalid ? 'INVALID' : '')),
  );
}

function goingOn({ number, perMinute }) {
  return cells(`probe ${number}`, significant(perMinute), count(), percent(), duration(), element('span', { class: 'chip running' }, 'going on'));
}

const cells = (...values) => element('tr', {}, ...values.map((value, i) => element('td', { class: COLUMNS[i][1] }, value)));
