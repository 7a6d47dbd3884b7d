import './charts.js';
import { read, send, watchRuns } from './api.js';
import { element } from './dom.js';
import { clock, count, decimal, dollars, duration, moment, percent, tokens } from './format.js';
import { gateParts } from './gate.js';
import { outcome, title } from './runs.js';
import { searchParts } from './search.js';

const CHARTS = [
  { title: 'Requests a second', lines: { requestsPerSecond: '' }, format: decimal },
  { title: 'Latency', lines: { p50Ms: 'P50', p95Ms: 'P95' }, format: duration },
  { title: 'Users', lines: { users: '' }, format: count },
];

/** A run: live while it goes on, its result afterwards. Returns a function that ends it. */
export async function runView(main, page, parameters, id) {
  const address = `api/runs/${encodeURIComponent(id)}`;
  page.title('Run');
  page.note('');
  let points = [];
  let live = null;

  async function load() {
    const run = await read(address);
    page.title(`${title(run.request)}: ${run.status}`);
    if (run.live) {
      points = run.live.points;
      show(run);
    } else {
      live = null;
      main.replaceChildren(...heading(run), ended(run));
      page.state(run.status, run.status === 'finished');
    }
  }

  function show(run) {
    if (!live) {
      live = liveParts(address);
      main.replaceChildren(...heading(run), live.element);
    }
    const { figures } = run.live;
    if (figures?.elapsedSeconds < points.at(-1)?.elapsedSeconds) {
      // The next run of several.
      points = [];
    }
    if (figures && figures.elapsedSeconds > (points.at(-1)?.elapsedSeconds ?? -1)) {
      points.push(figures);
    }
    live.update(run, points);
  }

  await load();
  if (!live) {
    return () => {};
  }
  const events = watchRuns({
    connected() {
      page.state('live', true);
      // Also after the console was away: the points that came meanwhile, or the end.
      load().catch((failure) => page.state(failure.message, false));
    },
    lost: () => page.state('not connected; trying again', false),
    runs(active) {
      const run = active.find((each) => each.id === id);
      if (run) {
        show(run);
      } else if (live) {
        events.close();
        load().catch((failure) => page.state(failure.message, false));
      }
    },
  });
  return () => events.close();
}

function heading({ request, id }) {
  const options = [
    request.gate ? null : (request.baseUrl ?? 'BookStore API, started for the run'),
    ...Object.entries(request.variables).map(([name, value]) => `${name}=${value}`),
    ...Object.entries(request.capacity ?? request.gate ?? {}).map(([name, value]) => `${name} ${value}`),
    request.maxUsd ? `at most ${dollars(request.maxUsd)}` : null,
  ].filter(Boolean);
  return [
    element('p', {}, element('a', { href: '#/runs', class: 'back' }, '← Runs')),
    element('h2', {}, title(request)),
    element('p', { class: 'quiet options' }, `${options.join(' · ')} · ${id}`),
  ];
}

/** The parts of a live run; they stay while their texts change, so that focus and selection do. */
function liveParts(address) {
  const status = element('span', { class: 'chip', role: 'status' });
  const course = element('span', { class: 'course' });
  const progress = element('progress', { max: '1', 'aria-label': 'Progress of the run' });
  const problem = element('p', { class: 'failed', role: 'alert' });
  const question = element('section', { class: 'card question', 'aria-labelledby': 'question', hidden: true });
  const cost = element('p', { class: 'quiet', hidden: true });
  const parts = { search: searchParts(), gate: gateParts() };
  const tiles = new Map();
  const grid = element('dl', { class: 'tiles', hidden: true });
  const charts = CHARTS.map(() => document.createElement('line-chart'));
  const marks = element('ul', { class: 'quiet marks', 'aria-label': 'Changes of the provider', hidden: true });
  const plots = element('div', { class: 'charts', hidden: true }, ...charts);
  const log = element('pre', { tabindex: '0', 'aria-label': 'Lines of the command' });
  const act = (path, body) => send(`${address}/${path}`, body).then(() => (problem.textContent = ''), (failure) => (problem.textContent = failure.message));
  const cancel = element('button', { type: 'button', class: 'danger', onclick: () => act('cancel') }, 'Cancel');

  function set(name, value, note = '') {
    if (!tiles.has(name)) {
      const tile = [element('dd', {}), element('dd', { class: 'quiet' })];
      tiles.set(name, tile);
      grid.append(element('div', { class: 'tile' }, element('dt', {}, name), ...tile));
    }
    const [main, beside] = tiles.get(name);
    main.textContent = value;
    beside.textContent = note;
  }

  function ask({ status: state, live: { cost: asked } }) {
    if (state === 'asking' && question.hidden) {
      const yes = element('button', { type: 'button', class: 'primary', onclick: () => act('answer', { agree: true }) }, 'Run it');
      const no = element('button', { type: 'button', onclick: () => act('answer', { agree: false }) }, 'Do not run');
      question.replaceChildren(
        element('h3', { id: 'question' }, 'This run may cost money'),
        element('p', {}, asked.sentence),
        element('p', { class: 'buttons' }, yes, no),
      );
      question.hidden = false;
      no.focus();
    } else if (state !== 'asking') {
      question.hidden = true;
      cost.hidden = !asked;
      cost.textContent = asked?.sentence ?? '';
    }
  }

  function showMarks(all) {
    marks.hidden = all.length === 0;
    if (marks.childElementCount !== all.length) {
      marks.replaceChildren(...all.map(({ elapsedSeconds, text }) => element('li', {}, `${clock(elapsedSeconds)} ${text}`)));
    }
  }

  function update(run, points) {
    const { figures, plan, phase, log: lines } = run.live;
    if (status.textContent !== run.status) {
      status.textContent = run.status;
      status.className = `chip ${run.status}`;
    }
    const left = figures?.secondsLeft === undefined ? '' : `, ${clock(figures.secondsLeft)} left`;
    course.textContent = phase || `${figures?.course ?? ''}${left}${figures?.stage ? ` · ${figures.stage}` : ''}`;
    progress.hidden = run.status === 'asking';
    if (figures?.share === undefined) {
      progress.removeAttribute('value');
    } else {
      progress.value = figures.share;
    }
    cancel.textContent = run.status === 'ending' ? 'End at once' : 'Cancel';
    ask(run);
    showParts(parts, run.live, run.id);
    log.textContent = lines.join('\n');
    grid.hidden = plots.hidden = !figures;
    showMarks(run.live.marks);
    if (figures) {
      figureTiles(figures, set);
      const seconds = Math.max(plan?.seconds ?? 0, figures.elapsedSeconds, 1);
      CHARTS.forEach(({ title, lines: named, format }, i) =>
        charts[i].draw({
          title,
          now: Object.entries(named).map(([key, name]) => `${name} ${format(figures[key])}`.trim()).join(', '),
          lines: Object.entries(named).map(([key, name]) => ({ name, values: points.map((point) => [point.elapsedSeconds, point[key]]) })),
          stages: plan?.stages ?? [],
          marks: run.live.marks,
          seconds,
          format,
          clock,
        }),
      );
    }
  }

  return {
    element: element(
      'div',
      { class: 'live' },
      element('div', { class: 'head' }, status, course, cancel),
      progress,
      problem,
      question,
      cost,
      ...Object.values(parts).map((each) => each.element),
      grid,
      plots,
      marks,
      element('details', { class: 'log' }, element('summary', {}, 'Output of the command'), log),
    ),
    update,
  };
}

function figureTiles(figures, set) {
  const kinds = Object.entries(figures.failures).map(([kind, times]) => `${kind}: ${count(times)}`);
  set('Users', count(figures.users));
  set('Requests', count(figures.requests), `${decimal(figures.requestsPerSecond)} a second`);
  set('P95', duration(figures.p95Ms), figures.latency ? `P50 ${duration(figures.p50Ms)}` : '');
  set('First token', duration(figures.timeToFirstTokenMs), 'P50');
  set('Failed', percent(figures.requests > 0 ? figures.failed / figures.requests : undefined), kinds.join(', '));
  set('Tokens in → out', tokens(figures));
  set('Cost', dollars(figures.costUsd));
  set('Goodput', percent(figures.goodput), 'of the requests judged so far');
}

function showParts(parts, { search, gate }, id) {
  if (search) {
    parts.search.update(search, id);
  }
  if (gate) {
    parts.gate.update(gate, id);
  }
}

function ended(run) {
  const { result, request, search, gate } = run;
  const again = new URLSearchParams(
    Object.entries({ scenario: request.scenario, baseUrl: request.baseUrl, maxUsd: request.maxUsd, ...request.capacity, ...request.gate, ...request.variables }).filter(
      ([, value]) => value !== undefined && value !== '***',
    ),
  );
  const figures = result?.figures ?? [];
  const parts = { search: searchParts(), gate: gateParts() };
  showParts(parts, run, run.id);
  const view = request.capacity ? 'capacity' : request.gate ? 'gate' : 'runs';
  return element(
    'div',
    { class: 'ended' },
    element('p', {}, outcome(run), result && run.status !== 'finished' ? ' It has measured a part of its plan.' : ''),
    element('p', { class: 'sentence' }, run.sentence ?? ''),
    figures.length > 0
      ? element('dl', { class: 'tiles' }, ...figures.map(({ name, text }) => element('div', { class: 'tile' }, element('dt', {}, name), element('dd', {}, text))))
      : null,
    element(
      'p',
      { class: 'buttons' },
      result?.report
        ? element('a', { class: 'button primary', href: path(result.report), target: '_blank', rel: 'noopener', id: 'report' }, 'Open the report')
        : null,
      element('a', { class: 'button', href: `#/${view}?${again}` }, 'Run again'),
      result && !search && !gate ? element('a', { class: 'button', href: `#/compare?${new URLSearchParams({ after: run.id })}` }, 'Compare') : null,
    ),
    ...Object.values(parts).map((each) => each.element),
    element('p', { class: 'quiet' }, times(run)),
  );
}

function times({ startedMs, endedMs, queuedMs, exitCode }) {
  const began = startedMs ? `Started ${moment(startedMs)}` : queuedMs ? `Asked for ${moment(queuedMs)}` : 'Start unknown';
  const took = startedMs && endedMs ? `, took ${duration(endedMs - startedMs)}` : '';
  return `${began}${took}${exitCode === undefined ? '' : `, exit code ${exitCode}`}`;
}

const path = (report) => report.split('/').map(encodeURIComponent).join('/');
