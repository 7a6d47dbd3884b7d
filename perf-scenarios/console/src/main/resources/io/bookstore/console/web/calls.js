import { listen, read } from './api.js';
import { filterForm } from './call-filter.js';
import { element } from './dom.js';
import { count, dollars, duration, plural, text, time, tokens } from './format.js';
import { WindowedTable } from './windowed.js';

// The calls that the page holds; the newest ones when there are more.
const MOST_CALLS = 10_000;
const PAGE = 1000;

// Columns that a narrow window leaves out have a class; the trace has all.
const COLUMNS = [
  ['Time', 'time'],
  ['Model', 'model'],
  ['Operation', 'wide operation'],
  ['Service', 'wide service'],
  ['Duration', 'number'],
  ['First token', 'number wide'],
  ['Tokens in → out', 'number tokens'],
  ['Cost', 'number'],
  ['Attempts', 'number wide'],
  ['Result', ''],
];

// The call whose trace was opened last; the list goes on from there when it is shown again.
let opened;

/** The list of calls, live. Returns a function that ends it. */
export async function callsView(main, page, parameters) {
  page.title('Calls');
  const filter = { model: '', error: '', q: '', conversation: '', service: '', ...parameters };
  const list = new WindowedTable({
    name: 'calls',
    caption: 'Calls to models, the newest first. Search finds them all; Ctrl-F only those on the screen.',
    columns: COLUMNS,
    key: keyOf,
    cells: callCells,
    released: () => paused() || showWaiting(),
  });
  const more = element('button', { type: 'button', onclick: () => loadOlder(calls.length + PAGE).catch(failed), hidden: true }, 'Show more');
  const fresh = element('button', { type: 'button', class: 'primary fresh', onclick: backToTop, hidden: true });
  const empty = element('div', { class: 'empty', hidden: true });
  const form = filterForm(filter, (changes) => {
    location.hash = `#/calls?${new URLSearchParams(Object.entries({ ...filter, ...changes }).filter(([, value]) => value))}`;
  });
  const pause = element('button', { type: 'button', 'aria-pressed': 'false', onclick: togglePause }, 'Pause');
  form.append(pause);
  let calls = []; // the newest first, as everywhere here
  let older; // where those begin that are not in the list; undefined if it has them all
  let waiting = []; // calls that came while the list was held
  let outdated = false; // whether the list is to be read again, which waits for the same
  let events = null;
  let loads = 0;
  let closed = false;
  let loading = Promise.resolve();

  /** Reads the list anew: the first page at once, the others behind it. */
  async function load() {
    const mine = ++loads;
    outdated = false;
    const first = await read('api/calls', filter);
    if (mine !== loads) {
      return;
    }
    if (calls.length > 0 && list.held) {
      // A person has begun to read it meanwhile.
      outdated = true;
      showFresh();
      return;
    }
    calls = first.calls;
    older = first.next;
    waiting = [];
    show();
    loadOlder(MOST_CALLS)
      .then(() => mine === loads && returnToOpened())
      .catch(failed);
  }

  async function loadOlder(most) {
    const mine = loads;
    while (older !== undefined && calls.length < most) {
      const after = older;
      const page = await read('api/calls', { ...filter, after, limit: PAGE });
      if (mine !== loads) {
        return;
      }
      // New calls may have taken the place of the last ones meanwhile; then this page is not the next one.
      if (after === older) {
        calls = [...calls, ...page.calls];
        older = page.next;
        show();
      }
    }
  }

  function take(arrived) {
    const newest = (waiting[0] ?? calls[0])?.sequence ?? 0;
    const unknown = arrived.filter(({ sequence }) => sequence > newest);
    waiting = outermost(unknown, waiting).slice(0, MOST_CALLS);
    if (list.held || paused()) {
      showFresh();
    } else {
      showWaiting();
    }
  }

  function showWaiting() {
    if (outdated) {
      reload();
    } else if (waiting.length > 0) {
      calls = outermost(waiting, calls);
      waiting = [];
      if (calls.length > MOST_CALLS) {
        calls.length = MOST_CALLS;
        older = calls.at(-1).sequence;
      }
      show();
    }
  }

  function show() {
    list.show(calls, older === undefined);
    more.hidden = older === undefined || calls.length < MOST_CALLS;
    empty.hidden = calls.length > 0;
    if (calls.length === 0) {
      empty.replaceChildren(...(Object.values(filter).some(Boolean) ? [element('p', {}, 'No call matches.')] : firstSteps()));
    }
    showFresh();
  }

  function showFresh() {
    fresh.hidden = waiting.length === 0 && !outdated;
    const all = waiting.length < MOST_CALLS;
    fresh.textContent = outdated ? 'New calls' : `${all ? '' : 'At least '}${plural(waiting.length, 'new call')}`;
  }

  function backToTop() {
    list.toTop();
    showWaiting();
  }

  /** Goes on where a trace was opened, unless the person has gone elsewhere. */
  function returnToOpened() {
    if (document.activeElement === document.body && scrollY === 0) {
      list.focusOn(opened);
    }
    opened = undefined;
  }

  function reload() {
    loading = load().catch(failed);
  }

  function failed({ message }) {
    if (!closed) {
      page.state(message, false);
      more.hidden = older === undefined;
    }
  }

  function start() {
    events = listen(filter, {
      connected() {
        page.state('live', true);
        // Also after the console was away: calls that came meanwhile, and calls that are gone.
        renew();
      },
      lost() {
        const refused = events.readyState === EventSource.CLOSED;
        page.state(refused ? 'not live: as many pages are open as the console takes' : 'not connected; trying again', false);
      },
      async calls({ calls, skipped, status }) {
        await loading;
        if (closed) {
          return;
        }
        if (skipped) {
          renew();
        }
        take(calls);
        page.fill(status.ring);
        form.models(status.models);
      },
    });
  }

  function renew() {
    outdated = true;
    if (list.held) {
      showFresh();
    } else {
      reload();
    }
  }

  function paused() {
    return pause.getAttribute('aria-pressed') === 'true';
  }

  function togglePause() {
    pause.setAttribute('aria-pressed', String(!paused()));
    if (paused()) {
      events.close();
      page.state('paused', true);
    } else {
      start();
    }
  }

  main.replaceChildren(form, list.frame, empty, more, fresh);
  start();
  return () => {
    closed = true;
    loads++;
    events.close();
    list.close();
  };
}

/** Newer and older calls without those that one of the newer ones has made: a framework's call comes after the SDK's below it. */
function outermost(newer, older) {
  const traces = new Map(newer.map(({ spanId, traceId }) => [spanId, traceId]));
  return [...newer, ...older].filter(({ parentSpanId, traceId }) => traces.get(parentSpanId) !== traceId);
}

/** Tells a call from every other one: a console that is started anew counts from 1 again, and a span may come twice. */
function keyOf({ sequence, traceId }) {
  return `${sequence} ${traceId}`;
}

function callCells(call) {
  const { request, usage, answer } = call;
  const onclick = () => {
    opened = keyOf(call);
  };
  return [
    element('a', { href: `#/traces/${call.traceId}?span=${call.spanId}`, onclick }, time(call.startMs)),
    text(request.model),
    request.operation,
    text(call.service),
    duration(call.durationMs),
    duration(answer.timeToFirstTokenMs),
    tokens(usage),
    dollars(usage.costUsd),
    count(answer.attempts),
    element('span', { class: answer.error ? 'failed' : null }, answer.error ?? answer.finishReason ?? 'ok'),
  ];
}

function firstSteps() {
  const variables = `OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin.replace('localhost', '127.0.0.1')}\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`;
  return [
    element('p', {}, 'No call has come yet. Start a service that has OpenTelemetry with'),
    element('pre', {}, variables),
    element('p', {}, 'Its calls to models appear here as they end.'),
  ];
}
