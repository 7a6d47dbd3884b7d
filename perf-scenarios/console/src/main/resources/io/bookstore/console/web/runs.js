import { read, send, watchRuns } from './api.js';
import { element, moveByArrows } from './dom.js';
import { clock, count, duration, moment, percent } from './format.js';
import { runName } from './gate.js';
import { probeName } from './search.js';

const COLUMNS = [
  ['Started', ''],
  ['Scenario', ''],
  ['Result', ''],
  ['Requests', 'number'],
  ['P95', 'number'],
  ['Failed', 'number wide'],
  ['Answer', 'wide'],
];

/** Other things to start than a run. */
const WAYS = [
  ['capacity', 'search a capacity'],
  ['gate', 'start a gate'],
];

export const SCALE = 'DURATION_SCALE';

/** The form that starts a run, the queue, and all runs of before. Returns a function that ends it. */
export async function runsView(main, page, parameters) {
  page.title('Runs');
  page.note('');
  const queue = element('div');
  const now = element('section', { class: 'now', 'aria-labelledby': 'now', hidden: true }, element('h2', { id: 'now' }, 'Now'), queue);
  const trends = element('a', { class: 'beside', href: 'reports/index.html', target: '_blank', rel: 'noopener', hidden: true }, 'trends');
  const history = element('div');
  const picked = new Set();
  const compare = element('button', { type: 'button', class: 'beside', onclick: openComparison }, 'Compare');
  let ended = [];
  let active = null;
  let rows = new Map();

  async function load() {
    const { runs, more } = await read('api/runs');
    ended = runs.filter(({ live }) => !live);
    const ids = ended.map(({ id }) => id);
    [...picked].filter((id) => !ids.includes(id)).forEach((id) => picked.delete(id));
    showPicked();
    trends.hidden = !ended.some(({ result }) => result);
    history.replaceChildren(
      ended.length > 0
        ? table(ended, more, picked, showPicked)
        : element('p', { class: 'empty' }, 'No run has ended yet. Each leaves its report and its figures here.'),
    );
  }

  function showPicked() {
    compare.disabled = picked.size !== 2;
    compare.textContent = picked.size === 2 ? 'Compare the two' : 'Compare: tick two runs';
  }

  /** The run that began first is the one before. */
  function openComparison() {
    const [after, before] = ended.filter(({ id }) => picked.has(id));
    location.hash = `#/compare?${new URLSearchParams({ before: before.id, after: after.id })}`;
  }

  const { scenarios } = await read('api/scenarios');
  const form = startForm(scenarios, parameters);
  main.replaceChildren(
    now,
    element(
      'div',
      { class: 'columns' },
      element('section', { class: 'card', 'aria-labelledby': 'start' }, element('h2', { id: 'start' }, 'Start a run', ...WAYS.map(([view, text]) => element('a', { class: 'beside', href: `#/${view}`, id: `to-${view}` }, text))), form),
      element('section', { 'aria-labelledby': 'before' }, element('h2', { id: 'before' }, 'Runs', trends, compare), history),
    ),
  );
  const events = watchRuns({
    connected: () => page.state('live', true),
    lost: () => page.state('not connected; trying again', false),
    runs(runs) {
      const ids = runs.map(({ id }) => id).join();
      if (ids !== active) {
        // Also the first time: one has ended since, or this is a new connection.
        active = ids;
        load().catch((failure) => page.state(failure.message, false));
        rows = new Map(runs.map((run) => [run.id, queueRow(run)]));
        queue.replaceChildren(...[...rows.values()].map(({ row }) => row));
        now.hidden = runs.length === 0;
      }
      runs.forEach((run) => rows.get(run.id).update(run));
    },
  });
  return () => events.close();
}

function startForm(scenarios, parameters) {
  const { scenario: wanted, baseUrl, maxUsd, ...variables } = parameters;
  const names = scenarios.map(({ name }) => name);
  const choice = element('select', { id: 'scenario' }, ...names.map((name) => element('option', { value: name }, name)));
  choice.value = names.includes(wanted) ? wanted : names[0];
  const about = element('div', { class: 'about', 'aria-live': 'polite' });
  const target = element('input', { id: 'target', type: 'url', value: baseUrl ?? '', placeholder: 'http://localhost:7002' });
  const scale = element('input', { id: 'scale', type: 'number', min: '0.001', max: '100', step: 'any', value: variables[SCALE] ?? '', placeholder: '1' });
  const limit = element('input', { id: 'limit', type: 'number', min: '0', step: 'any', value: maxUsd ?? '', placeholder: 'none' });
  const fields = element('div', { class: 'variables' });
  const problem = element('p', { class: 'failed', role: 'alert' });
  const chosen = () => scenarios.find(({ name }) => name === choice.value);

  function describe() {
    const { description, load, length, modelPercent } = chosen();
    const factor = Number(scale.value) || 1;
    about.replaceChildren(
      element('p', {}, `${description}.`),
      element(
        'p',
        { class: 'quiet' },
        `${load}, ${clock(seconds(length) * factor)} min${factor === 1 ? '' : ` instead of ${length}`}; ${Math.round(modelPercent)} % of its requests go to the model`,
      ),
    );
  }

  function showVariables() {
    fields.replaceChildren(...chosen().variables.filter(({ name }) => name !== SCALE).map((each) => field(each, variables[each.name])));
  }

  choice.addEventListener('change', () => {
    describe();
    showVariables();
  });
  scale.addEventListener('input', describe);
  describe();
  showVariables();
  const start = element('button', { type: 'submit', class: 'primary' }, 'Start');
  return element(
    'form',
    {
      class: 'start',
      novalidate: true,
      onsubmit: sending(request, problem, start),
    },
    element('label', { for: 'scenario' }, 'Scenario'),
    choice,
    about,
    element('label', { for: 'target' }, 'Service'),
    target,
    element('p', { class: 'hint' }, 'Without an address the BookStore API is started for the run.'),
    element('label', { for: 'scale' }, 'Duration scale'),
    scale,
    element('p', { class: 'hint' }, 'Factor on every stage and pause: 0.1 is a quick look.'),
    element('label', { for: 'limit' }, 'Limit in dollars'),
    limit,
    element('p', { class: 'hint' }, 'A run that may cost money asks first; this ends it when it has cost more.'),
    element('details', {}, element('summary', {}, 'Variables of the script'), fields),
    problem,
    start,
  );

  function request() {
    const given = Object.fromEntries([...fields.querySelectorAll('input')].map(({ name, value }) => [name, value.trim()]));
    return {
      scenario: choice.value,
      baseUrl: target.value,
      maxUsd: limit.value === '' ? null : Number(limit.value),
      variables: { ...given, [SCALE]: scale.value },
    };
  }
}

/** What a form does when it is sent: the run is put into the queue and shown, or the problem is. */
export function sending(request, problem, button) {
  return async (event) => {
    event.preventDefault();
    problem.textContent = '';
    button.disabled = true;
    try {
      const run = await send('api/runs', request());
      location.hash = `#/run/${encodeURIComponent(run.id)}`;
    } catch (failure) {
      problem.textContent = failure.message;
      button.disabled = false;
    }
  };
}

export function field({ name, meaning, standard, own }, value) {
  const hint = `variable-${name}`;
  return element(
    'div',
    { class: own ? 'own' : null },
    element('label', { for: `${hint}-value` }, name),
    element('input', { id: `${hint}-value`, name, value: value ?? '', placeholder: standard ?? '', 'aria-describedby': hint, autocomplete: 'off' }),
    element('p', { class: 'hint', id: hint }, meaning),
  );
}

/** The seconds of a length in k6's notation, such as 10m30s. */
function seconds(length) {
  const units = { d: 86400, h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...length.matchAll(/([\d.]+)(ms|[dhms])/g)].reduce((sum, [, number, unit]) => sum + number * units[unit], 0);
}

/** A run of the queue; its parts stay while their texts change, so that the focus does. */
function queueRow({ id, request }) {
  const status = element('span', {});
  const course = element('span', { class: 'quiet' });
  return {
    row: element('p', { class: 'waiting' }, element('a', { href: `#/run/${encodeURIComponent(id)}` }, title(request)), status, course),
    update(run) {
      const { figures, phase, search, gate } = run.live;
      status.className = `chip ${run.status}`;
      status.textContent = run.status === 'asking' ? 'asks for your agreement' : run.status;
      const part = search?.probing ? `${probeName(search.probing)}: ` : gate ? `${runName(gate)}: ` : '';
      course.textContent = part + (phase === run.status ? '' : phase || (figures?.course ?? ''));
    },
  };
}

function table(runs, more, picked, changed) {
  const head = COLUMNS.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name));
  const older = more > 0 ? `; ${count(more)} older ones are in the folder` : '';
  return element(
    'table',
    { class: 'runs', onkeydown: (event) => moveByArrows(event, 'tbody a') },
    element('caption', {}, `Runs of this page and of the command line, the newest first${older}`),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...runs.map((run) => row(run, picked, changed))),
  );
}

function row(run, picked, changed) {
  const { result } = run;
  const link = element('a', { href: `#/run/${encodeURIComponent(run.id)}` }, moment(run.startedMs ?? run.queuedMs));
  const pick = element('input', {
    type: 'checkbox',
    checked: picked.has(run.id),
    disabled: !result || Boolean(run.search ?? run.gate),
    'aria-label': `Compare ${title(run.request)} of ${link.textContent}`,
    onchange() {
      picked[pick.checked ? 'add' : 'delete'](run.id);
      changed();
    },
  });
  const cells = [
    element('span', { class: 'picked' }, pick, link),
    title(run.request),
    outcome(run),
    count(result?.requests),
    duration(result?.p95Ms),
    percent(result?.failed),
    run.sentence ?? '',
  ];
  return element('tr', { onclick: ({ target }) => target === link || target === pick || link.click() }, ...cells.map((cell, i) => element('td', { class: COLUMNS[i][1] }, cell)));
}

/** The name of a run, a search or a gate. */
export const title = ({ scenario, capacity, gate }) => (capacity ? `capacity of ${scenario}` : gate ? `gate of ${scenario}` : scenario);

/** The verdict of a run that has one, else how it ended. */
export function outcome({ status, result }) {
  if (status !== 'finished' || !result) {
    return element('span', { class: `chip ${status}` }, status);
  }
  const kind = result.verdict === 'INCONCLUSIVE' ? 'inconclusive' : result.invalid ? 'invalid' : result.passed ? 'passed' : 'crossed';
  return element('span', { class: `chip ${kind}` }, result.verdict);
}
