import { read } from './api.js';
import { element } from './dom.js';
import { moment, plural } from './format.js';

const MOST_RUNS = 1000;

/** Two runs, or two folders of runs, as `llm-perf compare` judges them. */
export async function compareView(main, page, { before = '', after = '' }) {
  page.title('Compare');
  page.note('');
  const { runs } = await read('api/runs', { limit: MOST_RUNS });
  const measured = runs.filter(({ result, search, gate }) => result && !search && !gate);
  page.state(`${plural(measured.length, 'run')} with a result`, true);
  const answer = element('section', { class: 'comparison', 'aria-live': 'polite' });
  main.replaceChildren(
    element('p', {}, element('a', { href: '#/runs', class: 'back' }, '← Runs')),
    element('h2', {}, 'Compare'),
    choiceForm(measured, before, after),
    answer,
  );
  if (before && after) {
    try {
      answer.replaceChildren(...judged(await read('api/comparison', { before, after })));
    } catch (failure) {
      answer.replaceChildren(element('p', { class: 'failed', role: 'alert' }, failure.message));
    }
  } else {
    answer.append(
      element('p', { class: 'quiet' }, 'Two runs show their figures beside each other. A verdict needs six pairs: choose two folders that hold several runs each.'),
    );
  }
  return () => {};
}

function choiceForm(runs, before, after) {
  const sides = { before: choice('before', runs, before), after: choice('after', runs, after) };
  const open = (one, other) => {
    location.hash = `#/compare?${new URLSearchParams({ before: one, after: other })}`;
  };
  return element(
    'form',
    {
      class: 'sides',
      onsubmit(event) {
        event.preventDefault();
        open(sides.before.value, sides.after.value);
      },
    },
    element('label', {}, 'Before ', sides.before),
    element('label', {}, 'After ', sides.after),
    element('button', { type: 'submit', class: 'primary' }, 'Compare'),
    element('button', { type: 'button', onclick: () => open(sides.after.value, sides.before.value) }, 'Swap'),
  );
}

function choice(name, runs, chosen) {
  const select = element(
    'select',
    { id: name },
    group('Runs', runs.map((run) => [run.id, `${run.request.scenario} ${moment(run.startedMs)}`])),
    group('Folders of runs', folders(runs).map(([folder, number]) => [folder, `${folder} (${plural(number, 'run')})`])),
  );
  if (chosen && ![...select.options].some(({ value }) => value === chosen)) {
    select.append(element('option', { value: chosen }, chosen));
  }
  if (chosen) {
    select.value = chosen;
  }
  return select;
}

function group(label, options) {
  return options.length === 0 ? null : element('optgroup', { label }, ...options.map(([value, text]) => element('option', { value }, text)));
}

/** The folders that hold several runs, as a session of a gate leaves them. */
function folders(runs) {
  const counts = new Map();
  for (const { id } of runs) {
    const folder = id.slice(0, Math.max(0, id.lastIndexOf('/')));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].filter(([folder, number]) => folder !== '' && number > 1);
}

function judged({ verdict, sentence, ...rest }) {
  return [element('p', {}, chip(verdict)), element('p', { class: 'sentence' }, sentence.replace(`${verdict}: `, '')), ...reasons(rest)];
}

/** A comparison without its verdict and sentence. */
export function reasons({ grown, refusals, notes, table }) {
  return [
    grown ? element('p', {}, grown.sentence) : null,
    list(refusals, 'refusals'),
    table.rows.length > 0 ? figures(table) : null,
    list([...table.reasons, ...notes], 'quiet'),
  ].filter(Boolean);
}

const chip = (verdict) => element('span', { class: `chip ${verdict.toLowerCase()}` }, verdict);

function list(sentences, kind) {
  return sentences.length > 0 ? element('ul', { class: kind }, ...sentences.map((sentence) => element('li', {}, sentence))) : null;
}

/** The metric and the verdict are words, the columns between them figures; a narrow window leaves out the margins. */
function figures({ columns, rows }) {
  const last = columns.length - 1;
  const kind = (i) => (i === 0 || i === last ? null : i > 3 ? 'number wide' : 'number');
  return element(
    'table',
    {},
    element('caption', {}, 'Medians of the runs of each side'),
    element('thead', {}, element('tr', {}, ...columns.map((column, i) => element('th', { scope: 'col', class: kind(i) }, column)))),
    element(
      'tbody',
      {},
      ...rows.map((row) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, row[0]),
          ...row.slice(1, last).map((text, i) => element('td', { class: kind(i + 1) }, text)),
          element('td', {}, /[a-z]/.test(row[last]) ? row[last] : chip(row[last])),
        ),
      ),
    ),
  );
}
