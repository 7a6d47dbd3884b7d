import { read, send } from './api.js';
import { element } from './dom.js';
import { SCALE, field } from './runs.js';

const RATE = 'CAPACITY_RATE';
const OWN = /^CAPACITY_/;

/** The options of a search, each with its label and what it means. */
const OPTIONS = [
  ['from', 'Lowest rate', 'In arrivals a minute.'],
  ['to', 'Highest rate', 'In arrivals a minute. No rate above one that failed is tried.'],
  ['attainment', 'Wanted share of good requests', 'In percent.'],
  ['slo', 'Limits of a good request', 'Such as llm.ttft=2s,llm.e2e=8s.'],
  ['probe', 'Length of a probe', 'At least 5s.'],
  ['probes', 'Most probes', 'From 3 to 100.'],
  ['width', 'Width of the interval', 'In percent of the rate: the search ends when it is narrower.'],
];
const TEXTS = ['slo', 'probe'];

/** The form that starts a search for the capacity. */
export async function capacityView(main, page, parameters) {
  page.title('Search a capacity');
  page.note('');
  const { scenarios, capacity: defaults } = await read('api/scenarios');
  const probing = scenarios.filter(({ variables }) => variables.some(({ name }) => name === RATE));
  page.state('ready', true);
  main.replaceChildren(
    element('p', {}, element('a', { href: '#/runs', class: 'back' }, '← Runs')),
    element('h2', {}, 'Search a capacity'),
    element('p', { class: 'quiet' }, 'The highest arrival rate at which enough requests are good: one rate after the other is probed, until the interval is narrow.'),
    probing.length > 0
      ? element('div', { class: 'card narrow' }, searchForm(probing, defaults, parameters))
      : element('p', { class: 'empty' }, `No script describes ${RATE} in its variables, by which a search tells the rate.`),
  );
  return () => {};
}

function searchForm(scenarios, defaults, { scenario: wanted, baseUrl, maxUsd, ...given }) {
  const names = scenarios.map(({ name }) => name);
  const choice = element('select', { id: 'scenario', onchange: showVariables }, ...names.map((name) => element('option', { value: name }, name)));
  choice.value = names.includes(wanted) ? wanted : names[0];
  const target = element('input', { id: 'target', type: 'url', value: baseUrl ?? '', placeholder: 'http://localhost:7002' });
  const options = OPTIONS.map(([name, label, meaning]) => option(name, label, meaning, given[name], defaults[name]));
  const scale = number('scale', given[SCALE], 1);
  const limit = number('limit', maxUsd, 'none');
  const fields = element('div', { class: 'variables' });
  const problem = element('p', { class: 'failed', role: 'alert' });
  const start = element('button', { type: 'submit', class: 'primary' }, 'Search');
  showVariables();

  function showVariables() {
    const { variables } = scenarios.find(({ name }) => name === choice.value);
    fields.replaceChildren(...variables.filter(({ name }) => name !== SCALE && !OWN.test(name)).map((each) => field(each, given[each.name])));
  }

  function request() {
    const variables = Object.fromEntries([...fields.querySelectorAll('input')].map(({ name, value }) => [name, value.trim()]));
    const capacity = Object.fromEntries(options.map(({ input: { name, value } }) => [name, TEXTS.includes(name) ? value : figure(value)]));
    return { scenario: choice.value, baseUrl: target.value, maxUsd: figure(limit.value), variables: { ...variables, [SCALE]: scale.value.trim() }, capacity };
  }

  async function submit(event) {
    event.preventDefault();
    problem.textContent = '';
    start.disabled = true;
    try {
      const run = await send('api/runs', request());
      location.hash = `#/run/${encodeURIComponent(run.id)}`;
    } catch (failure) {
      problem.textContent = failure.message;
      start.disabled = false;
    }
  }

  return element(
    'form',
    { class: 'start', novalidate: true, onsubmit: submit },
    element('label', { for: 'scenario' }, 'Scenario'),
    choice,
    element('label', { for: 'target' }, 'Service'),
    target,
    element('p', { class: 'hint' }, 'Without an address the BookStore API is started for the search.'),
    ...options.flatMap(({ parts }) => parts),
    element('label', { for: 'scale' }, 'Duration scale'),
    scale,
    element('p', { class: 'hint' }, 'Factor on the length of a probe; no rate changes.'),
    element('label', { for: 'limit' }, 'Limit in dollars'),
    limit,
    element('p', { class: 'hint' }, 'A search that may cost money asks first; this ends it when all probes have cost more.'),
    element('details', {}, element('summary', {}, 'Variables of the script'), fields),
    problem,
    start,
  );
}

function option(name, label, meaning, value, standard) {
  const input = element('input', {
    id: `option-${name}`,
    name,
    value: value ?? '',
    placeholder: standard ?? 'those of the script',
    inputmode: TEXTS.includes(name) ? null : 'decimal',
    'aria-describedby': `hint-${name}`,
    autocomplete: 'off',
  });
  return { input, parts: [element('label', { for: input.id }, label), input, element('p', { class: 'hint', id: `hint-${name}` }, meaning)] };
}

const number = (id, value, standard) => element('input', { id, inputmode: 'decimal', value: value ?? '', placeholder: standard, autocomplete: 'off' });

/** A number as such, nothing for an empty field, and anything else as it is: the console says what is wrong. */
function figure(text) {
  const value = text.trim();
  return value === '' ? null : Number.isFinite(Number(value)) ? Number(value) : value;
}
