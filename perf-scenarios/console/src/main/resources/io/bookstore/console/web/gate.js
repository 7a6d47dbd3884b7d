import { reasons } from './compare.js';
import { element } from './dom.js';
import { count, duration, percent } from './format.js';

const SIDES = ['baseline', 'candidate'];
const FIGURES = ['P50', 'P95', 'Requests', 'Failed'];

/** The run of a gate that goes on, such as "pair 3 of 8, candidate". */
export const runName = ({ running: { pair, side }, pairsWanted }) => `pair ${pair} of ${pairsWanted}, ${side}`;

/** The pairs of a gate, live or ended, and its verdict; its parts stay while their texts change. */
export function gateParts() {
  const sentence = element('p', { class: 'quiet', 'aria-live': 'polite' });
  const verdict = element('div', { class: 'comparison' });
  const rows = element('tbody');
  const columns = [['Pair', ''], ['Side', ''], ...FIGURES.map((name) => [name, name === 'Requests' ? 'number wide' : 'number'])];
  const table = element(
    'table',
    { class: 'probes' },
    element('caption', {}, 'Runs in their order, each with its report'),
    element('thead', {}, element('tr', {}, ...columns.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name)))),
    rows,
  );
  const whole = element('section', { class: 'search', 'aria-label': 'Pairs', hidden: true }, sentence, verdict, table);
  const cells = (...values) => element('tr', {}, ...values.map((value, i) => element('td', { class: columns[i][1] }, value)));
  let shown = '';

  function update(gate, id) {
    const state = JSON.stringify(gate);
    if (state === shown) {
      return;
    }
    shown = state;
    whole.hidden = false;
    const { runs, running, pairsWanted, comparison } = gate;
    const complete = completePairs(runs);
    sentence.textContent = comparison
      ? `${complete} of ${pairsWanted} pairs are complete.`
      : `${complete} of ${pairsWanted} pairs are complete. The verdict comes after the last one: a look in between would find changes that are chance.`;
    verdict.replaceChildren(...(comparison ? reasons(comparison) : []));
    rows.replaceChildren(...runs.map((run) => cells(...made(run, id))), ...(running ? [cells(...goingOn(running))] : []));
  }

  return { element: whole, update };
}

const completePairs = (runs) => Math.min(...SIDES.map((name) => new Set(runs.filter(({ side }) => side === name).map(({ pair }) => pair)).size));

function made({ pair, side, p50Ms, p95Ms, requests, failed, folder }, id) {
  const report = `reports/${[...id.split('/'), ...folder.split('/'), 'report.html'].map(encodeURIComponent).join('/')}`;
  return [
    String(pair),
    element('a', { href: report, target: '_blank', rel: 'noopener' }, side),
    duration(p50Ms),
    duration(p95Ms),
    count(requests),
    percent(failed),
  ];
}

function goingOn({ pair, side }) {
  return [String(pair), element('span', {}, `${side} `, element('span', { class: 'chip running' }, 'going on')), duration(), duration(), count(), percent()];
}
