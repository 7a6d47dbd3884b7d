import './charts.js';
import { read } from './api.js';
import { element } from './dom.js';
import { bytes, clock, count, dollars, duration, significant, text } from './format.js';

const PAUSE_MS = 5000;

/** A chart that has just begun is not stretched over the whole page. */
const SHORTEST_SECONDS = 60;

const FORMATS = {
  count,
  perSecond: significant,
  seconds: (value) => duration(value === null ? null : 1000 * value),
  usd: dollars,
  usdPerMinute: dollars,
  bytes,
  open: (value) => text(value === null ? null : value > 0 ? 'open' : 'closed'),
};

const STATES = {
  up: 'The service is up.',
  degraded: 'The service is up, and a part of it is not.',
  down: 'The service is down.',
  unknown: 'The health of the service is unknown.',
  silent: 'The service does not answer.',
};

/** Health and metrics of the service, looked at again and again. Returns a function that ends it. */
export function serviceView(main, page) {
  page.title('Service');
  page.note('');
  const parts = serviceParts();
  let open = true;
  let timer = 0;

  async function look() {
    try {
      const service = await read('api/service');
      if (open) {
        parts.update(service);
        page.state({ silent: 'no answer' }[service.status] ?? 'live', service.status !== 'silent');
      }
    } catch (failure) {
      if (open) {
        page.state(failure.message, false);
      }
    }
    timer = open ? setTimeout(look, PAUSE_MS) : 0;
  }

  main.replaceChildren(...parts.elements);
  look();
  return () => {
    open = false;
    clearTimeout(timer);
  };
}

/** The parts of the page; they stay while their texts change, so that the selection does. */
function serviceParts() {
  const chip = element('span', { class: 'chip' }, 'asking');
  const state = element('p', { role: 'status' });
  const source = element('p', { class: 'quiet options' });
  const health = element('p', { class: 'failed', role: 'alert' });
  const metrics = element('p', { class: 'failed', role: 'alert' });
  const components = element('div', {});
  const tiles = element('dl', { class: 'tiles', hidden: true });
  const charts = element('div', { class: 'charts' });
  const missing = element('p', { class: 'quiet' });
  const drawn = new Map();

  function update(service) {
    chip.textContent = service.status;
    chip.className = `chip ${service.status}`;
    // Only what is new is written, so that it is read aloud once.
    write(state, STATES[service.status]);
    write(health, service.sentence ?? '');
    write(metrics, service.metrics.sentence === service.sentence ? '' : (service.metrics.sentence ?? ''));
    source.replaceChildren(...origin(service));
    components.replaceChildren(...componentTable(service.components));
    const { figures } = service.metrics;
    tiles.hidden = figures.length === 0;
    tiles.replaceChildren(...figures.map(tile));
    draw(service.metrics);
  }

  function draw({ charts: plots, secondsAgo, missing: titles }) {
    for (const { title } of plots) {
      if (!drawn.has(title)) {
        drawn.set(title, document.createElement('line-chart'));
      }
    }
    const shown = plots.map(({ title }) => drawn.get(title));
    if (shown.some((chart, i) => chart !== charts.children[i]) || shown.length !== charts.children.length) {
      charts.replaceChildren(...shown);
    }
    plots.forEach((plot, i) => shown[i].draw(chart(plot, secondsAgo)));
    missing.textContent = plots.length > 0 && titles.length > 0 ? `This service has no series, or none yet, for: ${titles.join(', ')}.` : '';
  }

  return {
    elements: [
      element('h2', {}, 'Service ', chip),
      source,
      state,
      health,
      metrics,
      components,
      tiles,
      element('section', { 'aria-labelledby': 'metrics' }, element('h2', { id: 'metrics' }, 'Metrics'), charts, missing),
    ],
    update,
  };
}

function write(line, words) {
  if (line.textContent !== words) {
    line.textContent = words;
  }
}

function origin({ address, run }) {
  return run
    ? [`${address}, of `, element('a', { href: `#/run/${encodeURIComponent(run)}` }, 'the run that is going on')]
    : [`${address}; the option --service names another`];
}

function componentTable(components) {
  if (components.length === 0) {
    return [];
  }
  const rows = components.map(({ name, status, detail }) =>
    element(
      'tr',
      {},
      element('td', {}, name),
      element('td', {}, element('span', { class: `chip ${/^[A-Z_]+$/.test(status) ? status.toLowerCase() : ''}` }, status)),
      element('td', {}, detail),
    ),
  );
  const heads = ['Part', 'State', 'Details'].map((name) => element('th', { scope: 'col' }, name));
  return [
    element(
      'table',
      { class: 'parts' },
      element('caption', {}, 'The parts of the service, as its health tells them'),
      element('thead', {}, element('tr', {}, ...heads)),
      element('tbody', {}, ...rows),
    ),
  ];
}

const labelled = ({ name, values }, format) => `${name} ${format(values.at(-1))}`.trim();

function tile({ title, unit, lines }) {
  const values = lines.map((line) => labelled(line, FORMATS[unit]));
  return element('div', { class: 'tile' }, element('dt', {}, title), element('dd', {}, values.join(', ')));
}

function chart({ title, unit, lines }, secondsAgo) {
  const format = FORMATS[unit];
  const seconds = Math.max(SHORTEST_SECONDS, ...secondsAgo);
  const named = lines.map((line) => ({
    name: labelled(line, format),
    values: line.values.map((value, i) => [seconds - secondsAgo[i], value]),
  }));
  return {
    title,
    now: named.map(({ name }) => name).join(', '),
    lines: named,
    stages: [],
    marks: [],
    seconds,
    format,
    clock: (length) => `last ${clock(length)}`,
  };
}
