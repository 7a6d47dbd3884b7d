import { read, send } from './api.js';
import { element } from './dom.js';
import { count, duration, plural, text, time, tokens } from './format.js';
import { faultsForm, limitsForm, profileForm } from './provider-forms.js';

const PAUSE_MS = 3000;

const BUCKETS = [
  ['Requests', 'requestsRemaining', 'requestsPerMinute'],
  ['Input tokens', 'inputTokensRemaining', 'inputTokensPerMinute'],
  ['Output tokens', 'outputTokensRemaining', 'outputTokensPerMinute'],
];

const COLUMNS = [
  ['Time', ''],
  ['Provider', 'wide'],
  ['Model', ''],
  ['Status', 'number'],
  ['Outcome', ''],
  ['Tokens in → out', 'number wide'],
  ['First token', 'number'],
  ['Duration', 'number'],
];

/** The simulator in the place of the provider, looked at again and again. Returns a function that ends it. */
export async function providerView(main, page) {
  page.title('Provider');
  page.note('');
  let open = true;
  let timer = 0;
  let parts = null;

  async function look() {
    const provider = await read('api/provider');
    const { status, address } = provider;
    const kept = status !== 'none' && parts?.address === address;
    const { profiles } = status === 'up' && !kept ? await read('api/provider/profiles') : {};
    if (!open) {
      // Another view has its parts on the page by now.
      return;
    }
    page.state({ up: 'live', silent: 'no answer', none: 'no simulator' }[status], status === 'up');
    if (profiles) {
      parts = simulatorParts(address, profiles, lookNow);
      main.replaceChildren(...parts.elements);
    } else if (status !== 'up' && !kept && parts?.sentence !== provider.sentence) {
      parts = { sentence: provider.sentence, update: () => {} };
      main.replaceChildren(...absent(provider));
    }
    parts?.update(provider);
  }

  async function lookNow() {
    clearTimeout(timer);
    if (!open) {
      return;
    }
    await look().catch((failure) => open && page.state(failure.message, false));
    // A change looks at once, perhaps while another look is under way.
    clearTimeout(timer);
    timer = open ? setTimeout(lookNow, PAUSE_MS) : 0;
  }

  await lookNow();
  return () => {
    open = false;
    clearTimeout(timer);
  };
}

function absent({ sentence }) {
  return [
    element('h2', {}, 'Provider'),
    element('p', { role: 'status' }, sentence),
    element('pre', {}, 'java -jar llm-simulator/target/llm-simulator.jar\n./llm-perf console --simulator http://127.0.0.1:7005'),
  ];
}

/** The parts of the page; they stay while their texts change, so that focus and what was typed do. */
function simulatorParts(address, profiles, changed) {
  const source = element('p', { class: 'quiet options' });
  const problem = element('p', { class: 'failed', role: 'alert' });
  const tiles = element('dl', { class: 'tiles' });
  const buckets = element('div', {});
  const journal = element('div', {});

  async function apply(change) {
    const made = await send('api/provider/config', change, 'PUT');
    forms.forEach((form) => form.show(made.config));
    changed();
    return made.description;
  }

  const forms = [profileForm(profiles, apply), limitsForm(apply), faultsForm(apply)];
  const changes = element('section', { 'aria-labelledby': 'changes' }, element('h2', { id: 'changes' }, 'Change'), ...forms.map((form) => form.element));
  let config = '';
  let newest = -1;
  let user = null;

  function update({ run, service, sentence, state }) {
    // Only what is new is written, so that it is read aloud once and the focus stays.
    if (problem.textContent !== (sentence ?? '')) {
      problem.textContent = sentence ?? '';
    }
    if (!state) {
      return;
    }
    if (user !== (run ?? service)) {
      user = run ?? service;
      source.replaceChildren(`Simulator at ${address}`, ...userLink(run, service));
    }
    tiles.replaceChildren(...figures(state, profiles));
    // A change by another page or program is shown, but never over what is being typed here.
    if (config !== JSON.stringify(state.config) && !changes.contains(document.activeElement)) {
      config = JSON.stringify(state.config);
      forms.forEach((form) => form.show(state.config));
    }
    buckets.replaceChildren(bucketTable(state));
    const last = state.attempts[0]?.sequence ?? 0;
    if (last !== newest) {
      newest = last;
      journal.replaceChildren(journalTable(state.attempts));
    }
  }

  return {
    address,
    elements: [
      element('h2', {}, 'Provider'),
      source,
      problem,
      tiles,
      element(
        'div',
        { class: 'columns provider' },
        changes,
        element(
          'div',
          {},
          element('section', { 'aria-labelledby': 'buckets' }, element('h2', { id: 'buckets' }, 'Buckets'), buckets),
          verdictSection(),
          element('section', { 'aria-labelledby': 'journal' }, element('h2', { id: 'journal' }, 'Journal'), journal),
        ),
      ),
    ],
    update,
  };
}

/** The run or the service that has told of the simulator; nothing for one that was named at the start. */
function userLink(run, service) {
  if (run) {
    return [', of ', element('a', { href: `#/run/${encodeURIComponent(run)}` }, 'the run that is going on')];
  }
  return service ? [', of ', element('a', { href: '#/service' }, `the service at ${service}`)] : [];
}

function figures({ config, active, journal }, profiles) {
  const { profile } = config;
  const name = typeof profile === 'string' ? profile : profile.name;
  const slots = typeof profile === 'string' ? profiles.find((each) => each.name === name)?.serving.slots : profile.serving?.slots;
  return [
    tile('Profile', name, `seed ${config.seed}, prompt cache ${config.promptCache}`),
    tile('Answering now', count(active), slots ? `of ${plural(slots, 'slot')}` : 'no limit of slots'),
    tile('Attempts', count(journal.count), kinds(journal.statuses)),
    tile('Faults', count(Object.values(journal.faults).reduce((sum, times) => sum + times, 0)), kinds(journal.faults)),
    tile('First token', duration(journal.medianActualTtftMs), 'P50 of completed chats'),
    tile('Duration', duration(journal.medianActualDurationMs), 'P50 of completed chats'),
    tile('Tokens in → out', tokens(journal.billed), `of ${plural(journal.billed.attempts, 'chat')}`),
  ];
}

const kinds = (counts) => Object.entries(counts).map(([kind, times]) => `${kind}: ${count(times)}`).join(', ');

const tile = (name, value, note) => element('div', { class: 'tile' }, element('dt', {}, name), element('dd', {}, value), element('dd', { class: 'quiet' }, note));

/** The simulator tells the state of a set of buckets with each attempt, so the newest attempt of a provider has the newest state. */
function bucketTable({ config: { limits }, attempts }) {
  const limited = BUCKETS.filter(([, , limit]) => limits[limit] !== undefined);
  if (limited.length === 0) {
    return element('p', { class: 'quiet' }, limits.accelerationPerMinute === undefined ? 'There is no limit.' : 'Only the rise of the rate is limited.');
  }
  const newest = new Map();
  for (const attempt of attempts) {
    if (!newest.has(attempt.provider) && limited.some(([, rest]) => attempt[rest] !== undefined)) {
      newest.set(attempt.provider, attempt);
    }
  }
  const rows = [...newest.values()].map((attempt) => [
    attempt.provider,
    ...limited.map(([, rest, limit]) => `${count(attempt[rest])} of ${count(limits[limit])}`),
    time(Date.parse(attempt.time)),
  ]);
  const sets = limits.per === 'provider' ? '' : `, one set for each ${limits.per}`;
  return rows.length === 0
    ? element('p', { class: 'quiet' }, 'All buckets are full: no request has come since the limits came into force.')
    : table(`Rest after the newest attempt of each provider${sets}`, [['Provider', ''], ...limited.map(([name]) => [name, 'number']), ['As of', '']], rows);
}

function verdictSection() {
  const answer = element('div', { 'aria-live': 'polite' });
  const button = element('button', { type: 'button', class: 'beside', onclick: judge }, 'Judge the clients');

  async function judge() {
    try {
      const { providers } = await read('api/provider/verdicts');
      answer.replaceChildren(
        ...(providers.length > 0 ? providers.map(verdictTable) : [element('p', { class: 'quiet' }, 'No client has sent anything yet.')]),
      );
    } catch (failure) {
      answer.replaceChildren(element('p', { class: 'failed', role: 'alert' }, failure.message));
    }
  }

  return element('section', { 'aria-labelledby': 'verdicts' }, element('h2', {}, element('span', { id: 'verdicts' }, 'Verdicts'), button), answer);
}

function verdictTable({ provider, calls, attempts, amplification, verdicts }) {
  const rows = verdicts.map(({ name, good, cases, broken, detail }) => [
    name,
    cases === 0 ? 'no case' : element('span', { class: `chip ${good ? 'passed' : 'crossed'}` }, good ? 'kept' : 'broken'),
    `${count(broken)} of ${count(cases)}`,
    text(detail),
  ]);
  const caption = `${provider}: ${plural(calls, 'call')}, ${plural(attempts, 'attempt')}, ${amplification.toFixed(2)} a call`;
  return table(caption, [['Rule', ''], ['Verdict', ''], ['Broken', 'number'], ['First case', 'wide']], rows);
}

function journalTable(attempts) {
  const rows = attempts.map((attempt) => [
    time(Date.parse(attempt.time)),
    attempt.provider,
    text(attempt.model),
    text(attempt.status),
    attempt.fault ? `${attempt.outcome}, ${attempt.fault}` : text(attempt.outcome),
    tokens(attempt),
    duration(attempt.actualTtftMs),
    duration(attempt.actualDurationMs),
  ]);
  return rows.length === 0
    ? element('p', { class: 'quiet' }, 'No attempt has ended yet.')
    : table(`The ${plural(rows.length, 'attempt')} that ended last, the newest first`, COLUMNS, rows);
}

function table(caption, columns, rows) {
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...columns.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell, i) => element('td', { class: columns[i][1] }, cell))))),
  );
}
