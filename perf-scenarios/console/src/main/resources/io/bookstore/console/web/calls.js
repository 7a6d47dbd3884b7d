import { listen, read } from './api.js';
import { element, moveByArrows } from './dom.js';
import { count, dollars, duration, text, time, tokens } from './format.js';

const MOST_ROWS = 2000;

// Columns that a narrow window leaves out have a class; the trace has all.
const COLUMNS = [
  ['Time', ''],
  ['Model', ''],
  ['Operation', 'wide'],
  ['Service', 'wide'],
  ['Duration', 'number'],
  ['First token', 'number wide'],
  ['Tokens in → out', 'number'],
  ['Cost', 'number'],
  ['Attempts', 'number wide'],
  ['Result', ''],
];

/** The list of calls, live. Returns a function that ends it. */
export async function callsView(main, page, parameters) {
  page.title('Calls');
  const filter = { model: '', error: '', q: '', conversation: '', service: '', ...parameters };
  const rows = new Map();
  const body = element('tbody');
  const more = element('button', { type: 'button', onclick: () => load(more.dataset.next), hidden: true }, 'Show more');
  const empty = element('div', { class: 'empty', hidden: true });
  const form = filterForm(filter, (changes) => {
    location.hash = `#/calls?${new URLSearchParams(Object.entries({ ...filter, ...changes }).filter(([, value]) => value))}`;
  });
  const pause = element('button', { type: 'button', 'aria-pressed': 'false', onclick: togglePause }, 'Pause');
  form.append(pause);
  let events = null;
  let loading = Promise.resolve();

  async function load(after) {
    const { calls, next } = await read('api/calls', { ...filter, after });
    if (!after) {
      rows.clear();
      body.replaceChildren();
    }
    calls.forEach((call) => add(call, false));
    more.hidden = next === undefined;
    more.dataset.next = next ?? '';
    showEmpty();
  }

  function add(call, atTop) {
    if (rows.has(call.sequence)) {
      return;
    }
    // The call of a framework takes the place of the SDK's below it, which has come first.
    for (const [sequence, { call: other, row }] of rows) {
      if (other.traceId === call.traceId && other.parentSpanId === call.spanId) {
        row.remove();
        rows.delete(sequence);
      }
    }
    const row = callRow(call);
    rows.set(call.sequence, { call, row });
    if (atTop) {
      body.prepend(row);
    } else {
      body.append(row);
    }
  }

  function trim() {
    const beyond = [...rows.keys()].sort((a, b) => b - a).slice(MOST_ROWS);
    for (const sequence of beyond) {
      rows.get(sequence).row.remove();
      rows.delete(sequence);
    }
    if (beyond.length > 0) {
      more.hidden = false;
      more.dataset.next = Math.min(...rows.keys());
    }
  }

  function showEmpty() {
    empty.hidden = rows.size > 0;
    if (rows.size === 0) {
      empty.replaceChildren(...(Object.values(filter).some(Boolean) ? [element('p', {}, 'No call matches.')] : firstSteps()));
    }
  }

  function start() {
    events = listen(filter, {
      connected() {
        page.state('live', true);
        // Also after the console was away: calls that came meanwhile, and calls that are gone.
        loading = load().catch((failure) => page.state(failure.message, false));
      },
      lost() {
        const refused = events.readyState === EventSource.CLOSED;
        page.state(refused ? 'not live: as many pages are open as the console takes' : 'not connected; trying again', false);
      },
      async calls({ calls, skipped, status }) {
        await loading;
        if (skipped) {
          await load();
        }
        [...calls].reverse().forEach((call) => add(call, true));
        trim();
        showEmpty();
        page.fill(status.ring);
        form.models(status.models);
      },
    });
  }

  function togglePause() {
    const paused = pause.getAttribute('aria-pressed') === 'false';
    pause.setAttribute('aria-pressed', String(paused));
    if (paused) {
      events.close();
      page.state('paused', true);
    } else {
      start();
    }
  }

  main.replaceChildren(form, table(body), empty, more);
  start();
  return () => events.close();
}

function table(body) {
  const head = COLUMNS.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name));
  return element(
    'table',
    { class: 'calls', onkeydown: (event) => moveByArrows(event, 'tbody a') },
    element('caption', {}, 'Calls to models, the newest first'),
    element('thead', {}, element('tr', {}, ...head)),
    body,
  );
}

function callRow(call) {
  const { request, usage, answer } = call;
  const link = element('a', { href: `#/traces/${call.traceId}?span=${call.spanId}` }, time(call.startMs));
  const cells = [
    link,
    text(request.model),
    request.operation,
    text(call.service),
    duration(call.durationMs),
    duration(answer.timeToFirstTokenMs),
    tokens(usage),
    dollars(usage.costUsd),
    count(answer.attempts),
    answer.error ?? answer.finishReason ?? 'ok',
  ];
  const row = cells.map((cell, i) => element('td', { class: COLUMNS[i][1] }, cell));
  row.at(-1).classList.add(answer.error ? 'failed' : 'succeeded');
  // The link is for the keyboard; a mouse may click anywhere in the row.
  return element('tr', { onclick: ({ target }) => target === link || link.click() }, ...row);
}

function filterForm(filter, change) {
  const search = element('input', { id: 'search', type: 'search', value: filter.q, placeholder: 'name or id; press /' });
  const model = element('select', {}, element('option', { value: '' }, 'all models'));
  const result = element(
    'select',
    {},
    ...[['', 'all results'], ['any', 'failed']].map(([value, name]) => element('option', { value }, name)),
  );
  choose(model, filter.model);
  choose(result, filter.error);
  const read = () => change({ q: search.value, model: model.value, error: result.value });
  const form = element(
    'form',
    {
      role: 'search',
      onchange: read,
      onsubmit(event) {
        event.preventDefault();
        read();
      },
    },
    element('label', {}, 'Search ', search),
    element('label', {}, 'Model ', model),
    element('label', {}, 'Result ', result),
    ...['conversation', 'service'].filter((name) => filter[name]).map((name) => chip(name, filter[name], change)),
  );
  form.models = (names) => names.forEach((name) => choose(model, name, model.value));
  return form;
}

/** Adds a choice if the list does not have it, and selects it or another. */
function choose(select, value, selected = value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.append(element('option', { value }, value));
  }
  select.value = selected;
}

function chip(name, value, change) {
  const remove = element('button', { type: 'button', onclick: () => change({ [name]: '' }) }, `${name} ${value} ✕`);
  remove.setAttribute('aria-label', `Show calls of every ${name}, not only of ${value}`);
  return remove;
}

function firstSteps() {
  const variables = `OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin.replace('localhost', '127.0.0.1')}\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`;
  return [
    element('p', {}, 'No call has come yet. Start a service that has OpenTelemetry with'),
    element('pre', {}, variables),
    element('p', {}, 'Its calls to models appear here as they end.'),
  ];
}
