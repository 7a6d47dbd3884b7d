import { callsView } from './calls.js';
import { compareView } from './compare.js';
import { conversationsView } from './conversations.js';
import { element } from './dom.js';
import { plural } from './format.js';
import { providerView } from './provider.js';
import { runView } from './run.js';
import { runsView } from './runs.js';
import { serviceView } from './service.js';
import { capacityView, gateView } from './session.js';
import { traceView } from './trace.js';

const main = document.getElementById('main');
const state = document.getElementById('state');
const fill = document.getElementById('fill');
const views = {
  calls: callsView,
  conversations: conversationsView,
  traces: traceView,
  runs: runsView,
  run: runView,
  compare: compareView,
  capacity: capacityView,
  gate: gateView,
  provider: providerView,
  service: serviceView,
};
const links = {
  'to-runs': ['runs', 'run', 'compare', 'capacity', 'gate'],
  'to-calls': ['calls', 'traces'],
  'to-conversations': ['conversations'],
  'to-provider': ['provider'],
  'to-service': ['service'],
};

let close = () => {};

/** What the views may change outside of themselves. */
const page = {
  state(text, good) {
    state.textContent = text;
    state.className = good ? 'good' : 'bad';
  },
  fill({ traces, calls, receivedSpans, evictedTraces }) {
    const gone = evictedTraces ? `; ${plural(evictedTraces, 'older trace')} had to go` : '';
    fill.textContent = `${plural(calls, 'call')} in ${plural(traces, 'trace')}; ${plural(receivedSpans, 'span')} received${gone}`;
  },
  note(text) {
    fill.textContent = text;
  },
  title(text) {
    document.title = `${text} · llm-perf console`;
  },
};

/** The address after # is view, id and parameters: #/traces/4bf9?span=00f0. */
async function show() {
  close();
  close = () => {};
  const [path, query] = location.hash.replace(/^#\//, '').split('?');
  const [name, id] = (path || 'calls').split('/');
  const view = views[name] ?? callsView;
  for (const [link, own] of Object.entries(links)) {
    const current = own.includes(name);
    document.getElementById(link)[current ? 'setAttribute' : 'removeAttribute']('aria-current', 'page');
  }
  // A view that is left before it has loaded must not write over the next one, so each has a place of its own.
  const place = element('div');
  main.replaceChildren(place);
  try {
    const end = await view(place, page, Object.fromEntries(new URLSearchParams(query)), decodeURIComponent(id ?? ''));
    if (place.isConnected) {
      close = end;
    } else {
      end();
    }
  } catch (failure) {
    place.replaceChildren(element('p', { class: 'empty', role: 'alert' }, failure.message));
  }
}

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select');
  if (event.key === '/' && !typing) {
    event.preventDefault();
    document.getElementById('search')?.focus();
  } else if (event.key === 'Escape' && !typing && /^#\/(traces\/|run\/|compare|capacity|gate)/.test(location.hash)) {
    history.back();
  }
});
window.addEventListener('hashchange', show);
show();
