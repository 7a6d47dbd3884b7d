import { callsView } from './calls.js';
import { conversationsView } from './conversations.js';
import { element } from './dom.js';
import { count } from './format.js';
import { traceView } from './trace.js';

const main = document.getElementById('main');
const state = document.getElementById('state');
const fill = document.getElementById('fill');
const views = { calls: callsView, conversations: conversationsView, traces: traceView };

let close = () => {};

/** What the views may change outside of themselves. */
const page = {
  state(text, good) {
    state.textContent = text;
    state.className = good ? 'good' : 'bad';
  },
  fill({ traces, calls, receivedSpans, evictedTraces }) {
    const gone = evictedTraces ? `; ${count(evictedTraces)} older traces had to go` : '';
    fill.textContent = `${count(calls)} calls in ${count(traces)} traces; ${count(receivedSpans)} spans received${gone}`;
  },
  title(text) {
    document.title = `${text} · llm-perf console`;
  },
};

/** The address after # is view, id and parameters: #/traces/4bf9?span=00f0. */
async function show() {
  close();
  const [path, query] = location.hash.replace(/^#\//, '').split('?');
  const [name, id] = (path || 'calls').split('/');
  const view = views[name] ?? callsView;
  for (const [link, own] of [['to-calls', 'calls'], ['to-conversations', 'conversations']]) {
    const current = own === name;
    document.getElementById(link)[current ? 'setAttribute' : 'removeAttribute']('aria-current', 'page');
  }
  try {
    close = await view(main, page, Object.fromEntries(new URLSearchParams(query)), id);
  } catch (failure) {
    close = () => {};
    main.replaceChildren(element('p', { class: 'empty', role: 'alert' }, failure.message));
  }
}

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !typing) {
    event.preventDefault();
    document.getElementById('search')?.focus();
  } else if (event.key === 'Escape' && !typing && location.hash.startsWith('#/traces/')) {
    history.back();
  }
});
window.addEventListener('hashchange', show);
show();
