import { read } from './api.js';
import { element } from './dom.js';
import { SCALE, field, sending } from './runs.js';

const RATE = 'CAPACITY_RATE';

/** The form of a search: options, each with its label and what it means, and words. */
const CAPACITY = {
  member: 'capacity',
  title: 'Search a capacity',
  about: 'The highest arrival rate at which enough requests are good: one rate after the other is probed, until the interval is narrow.',
  none: `No script describes ${RATE} in its variables, by which a search tells the rate.`,
  fits: ({ variables }) => variables.some(({ name }) => name === RATE),
  sets: /^CAPACITY_/,
  start: 'Search',
  scaleHint: 'Factor on the length of a probe; no rate changes.',
  oneService: true,
  options: [
    ['from', 'Lowest rate', 'In arrivals a minute.'],
    ['to', 'Highest rate', 'In arrivals a minute. No rate above one that failed is tried.'],
    ['attainment', 'Wanted share of good requests', 'In percent.'],
    ['slo', 'Limits of a good request', 'Such as llm.ttft=2s,llm.e2e=8s.'],
    ['probe', 'Length of a probe', 'At least 5s.'],
    ['probes', 'Most probes', 'From 3 to 100.'],
    ['width', 'Width of the interval', 'In percent of the rate: the search ends when it is narrower.'],
  ],
};

/** The same of a gate. */
const GATE = {
  member: 'gate',
  title: 'Start a gate',
  about: 'A scenario loads two services in turn, and a verdict says whether the candidate is worse. Load each service once before: the first run warms it up.',
  none: 'There is no script.',
  fits: () => true,
  start: 'Start the gate',
  scaleHint: 'Factor on every stage and pause of each run. A run needs at least 200 requests for its P95.',
  oneService: false,
  options: [
    ['baselineUrl', 'Baseline', 'Address of the service that the candidate is compared with.'],
    ['candidateUrl', 'Candidate', 'Address of the service that is judged. Both run already.'],
    ['pairs', 'Pairs of runs', 'At least 6.'],
    ['control', 'Control', 'One more run of the baseline in each pair: is the machine quiet enough?'],
    ['margin', 'Changes that do not matter', 'In percent, or points of a share: p95=8,share=2.'],
    ['allow', 'Facts that may differ', 'By their names in the refusal, such as model,simulated.'],
  ],
};
const SWITCHES = ['control'];
const TEXTS = ['slo', 'probe', 'baselineUrl', 'candidateUrl', 'margin', 'allow'];
const DEFAULTS = { baselineUrl: 'http://localhost:7002', candidateUrl: 'http://localhost:7003', margin: 'those of the metrics', allow: 'none', slo: 'those of the script' };

/** The form that starts a search for the capacity. */
export const capacityView = (main, page, parameters) => sessionView(CAPACITY, main, page, parameters);

/** The form that starts a gate. */
export const gateView = (main, page, parameters) => sessionView(GATE, main, page, parameters);

async function sessionView(kind, main, page, parameters) {
  page.title(kind.title);
  page.note('');
  const { scenarios, [kind.member]: defaults } = await read('api/scenarios');
  const fitting = scenarios.filter(kind.fits);
  page.state('ready', true);
  main.replaceChildren(
    element('p', {}, element('a', { href: '#/runs', class: 'back' }, '← Runs')),
    element('h2', {}, kind.title),
    element('p', { class: 'quiet' }, kind.about),
    fitting.length > 0 ? element('div', { class: 'card narrow' }, form(kind, fitting, defaults, parameters)) : element('p', { class: 'empty' }, kind.none),
  );
  return () => {};
}

function form(kind, scenarios, defaults, { scenario: wanted, baseUrl, maxUsd, ...given }) {
  const names = scenarios.map(({ name }) => name);
  const choice = element('select', { id: 'scenario', onchange: showVariables }, ...names.map((name) => element('option', { value: name }, name)));
  choice.value = names.includes(wanted) ? wanted : names[0];
  const target = element('input', { id: 'target', type: 'url', value: baseUrl ?? '', placeholder: 'http://localhost:7002' });
  const options = kind.options.map(([name, label, meaning]) => option(name, label, meaning, given[name], defaults[name] ?? DEFAULTS[name]));
  const scale = number('scale', given[SCALE], 1);
  const limit = number('limit', maxUsd, 'none');
  const fields = element('div', { class: 'variables' });
  const problem = element('p', { class: 'failed', role: 'alert' });
  const start = element('button', { type: 'submit', class: 'primary' }, kind.start);
  showVariables();

  function showVariables() {
    const { variables } = scenarios.find(({ name }) => name === choice.value);
    fields.replaceChildren(...variables.filter(({ name }) => name !== SCALE && !kind.sets?.test(name)).map((each) => field(each, given[each.name])));
  }

  function request() {
    const variables = Object.fromEntries([...fields.querySelectorAll('input')].map(({ name, value }) => [name, value.trim()]));
    return {
      scenario: choice.value,
      ...(kind.oneService ? { baseUrl: target.value, maxUsd: figure(limit.value) } : {}),
      variables: { ...variables, [SCALE]: scale.value.trim() },
      [kind.member]: Object.fromEntries(options.map(({ input }) => [input.name, valueOf(input)])),
    };
  }

  return element(
    'form',
    { class: 'start', novalidate: true, onsubmit: sending(request, problem, start) },
    element('label', { for: 'scenario' }, 'Scenario'),
    choice,
    ...(kind.oneService
      ? [element('label', { for: 'target' }, 'Service'), target, element('p', { class: 'hint' }, 'Without an address the BookStore API is started for the search.')]
      : []),
    ...options.flatMap(({ parts }) => parts),
    element('label', { for: 'scale' }, 'Duration scale'),
    scale,
    element('p', { class: 'hint' }, kind.scaleHint),
    ...(kind.oneService
      ? [
          element('label', { for: 'limit' }, 'Limit in dollars'),
          limit,
          element('p', { class: 'hint' }, 'A search that may cost money asks first; this ends it when all probes have cost more.'),
        ]
      : []),
    element('details', {}, element('summary', {}, 'Variables of the script'), fields),
    problem,
    start,
  );
}

function option(name, label, meaning, value, standard) {
  const input = element('input', {
    id: `option-${name}`,
    name,
    type: SWITCHES.includes(name) ? 'checkbox' : 'text',
    checked: SWITCHES.includes(name) && value === 'true',
    value: value ?? '',
    placeholder: standard,
    inputmode: TEXTS.includes(name) ? null : 'decimal',
    'aria-describedby': `hint-${name}`,
    autocomplete: 'off',
  });
  return { input, parts: [element('label', { for: input.id }, label), input, element('p', { class: 'hint', id: `hint-${name}` }, meaning)] };
}

const number = (id, value, standard) => element('input', { id, inputmode: 'decimal', value: value ?? '', placeholder: standard, autocomplete: 'off' });

function valueOf({ name, value, checked }) {
  if (SWITCHES.includes(name)) {
    return checked;
  }
  return TEXTS.includes(name) ? value : figure(value);
}

/** A number as such, nothing for an empty field, and anything else as it is: the console says what is wrong. */
function figure(text) {
  const value = text.trim();
  return value === '' ? null : Number.isFinite(Number(value)) ? Number(value) : value;
}
