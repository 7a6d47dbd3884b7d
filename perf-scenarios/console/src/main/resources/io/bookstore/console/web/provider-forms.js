import { element } from './dom.js';
import { duration, percent, plural } from './format.js';

const LIMITS = {
  requestsPerMinute: 'Requests a minute',
  inputTokensPerMinute: 'Input tokens a minute',
  outputTokensPerMinute: 'Output tokens a minute',
  accelerationPerMinute: 'Rise of requests a minute',
};

const COUNTING = { reserve: 'reserved at the start', actual: 'as they are written' };

const FAULTS = [
  '400', '401', '402', '403', '404', '413', '429', '429:5', '500', '503', '504', '529', 'insufficient-quota', 'reset-before-headers',
  'reset-after-headers', 'reset-after-chunks:3', 'error-event:3', 'malformed-frame:3', 'no-terminator', 'slow-drip:500', 'stall:30000', 'wrong-usage',
  'empty-answer', 'endless-answer', 'broken-document', 'refusal', 'content-filter', 'pause-turn', 'redacted-thinking', 'bad-arguments', 'unknown-tool',
  'endless-loop',
];

/*
 * Each form has its element and `show(config)`, which sets its fields to a configuration. `apply` sends a change to the simulator and
 * returns its description; the simulator checks it, and its refusal is a sentence.
 */

export function profileForm(profiles, apply) {
  const choice = element('select', { id: 'profile', onchange: describe }, ...profiles.map(({ name }) => element('option', { value: name }, name)));
  const own = element('option', { value: '', hidden: true });
  const about = element('p', { class: 'hint', 'aria-live': 'polite' });
  choice.append(own);

  function describe() {
    const chosen = profiles.find(({ name }) => name === choice.value);
    about.textContent = chosen
      ? `First token after ${duration(chosen.prefill.medianMs)}, ${duration(chosen.decode.tokenMs)} a token, ${chosen.serving.slots ? plural(chosen.serving.slots, 'slot') : 'no limit of slots'}.`
      : 'An own profile, which this page cannot make: choose another, or leave it.';
  }

  return {
    element: card('Profile', apply, () => (choice.value ? { profile: choice.value } : null), [
      element('label', { for: 'profile' }, 'Latencies and lengths'),
      choice,
      about,
      element('button', { type: 'submit' }, 'Change the profile'),
    ]),
    show({ profile }) {
      own.hidden = typeof profile === 'string';
      own.textContent = profile.name ?? '';
      choice.value = typeof profile === 'string' ? profile : '';
      describe();
    },
  };
}

export function limitsForm(apply) {
  const fields = Object.entries(LIMITS).map(([key, name]) => ({
    key,
    label: element('label', { for: key }, name),
    input: element('input', { id: key, type: 'number', min: '1', step: '1', placeholder: 'no limit' }),
  }));
  const counting = element('select', { id: 'counting' }, ...Object.entries(COUNTING).map(([value, name]) => element('option', { value }, name)));
  const per = element('select', { id: 'per' }, ...['provider', 'key', 'organization', 'model'].map((value) => element('option', { value }, value)));

  function change() {
    const limits = fields.map(({ key, input }) => [key, input.value === '' ? null : Number(input.value)]);
    return { limits: { ...Object.fromEntries(limits), counting: counting.value, per: per.value } };
  }

  return {
    element: card('Limits', apply, change, [
      ...fields.flatMap(({ label, input }) => [label, input]),
      element('label', { for: 'counting' }, 'Output tokens count'),
      counting,
      element('label', { for: 'per' }, 'One set of buckets for each'),
      per,
      element('p', { class: 'hint' }, 'New limits start with full buckets.'),
      element('button', { type: 'submit' }, 'Change the limits'),
    ]),
    show({ limits }) {
      fields.forEach(({ key, input }) => (input.value = limits[key] ?? ''));
      counting.value = limits.counting;
      per.value = limits.per;
    },
  };
}

export function faultsForm(apply) {
  let faults = [];
  const list = element('ul', { class: 'faults', 'aria-label': 'Faults in force' });
  const fault = element('input', { id: 'fault', list: 'faults', autocomplete: 'off', placeholder: '529' });
  const share = element('input', { id: 'share', type: 'number', min: '0', max: '100', step: 'any', placeholder: '100' });
  const from = element('input', { id: 'from', type: 'number', min: '0', step: 'any', placeholder: '0' });
  const until = element('input', { id: 'until', type: 'number', min: '0', step: 'any', placeholder: 'open' });

  function added() {
    const rule = {
      fault: fault.value.trim(),
      probability: share.value === '' ? 1 : Number(share.value) / 100,
      fromSeconds: Number(from.value),
      untilSeconds: until.value === '' ? null : Number(until.value),
    };
    return { faults: [...faults, rule] };
  }

  function entry(rule, index) {
    const end = rule.untilSeconds === undefined ? '' : ` to ${rule.untilSeconds} s`;
    const window = rule.fromSeconds > 0 || end ? `, from ${rule.fromSeconds} s${end}` : '';
    const remove = element('button', { type: 'submit', value: index, 'aria-label': `Remove the fault ${rule.fault}` }, 'Remove');
    return element('li', {}, `${rule.fault} for ${percent(rule.probability)}${window} `, remove);
  }

  return {
    element: card('Faults', apply, ({ value }) => (value === '' ? added() : { faults: faults.filter((_, i) => i !== Number(value)) }), [
      element('label', { for: 'fault' }, 'Fault'),
      fault,
      element('datalist', { id: 'faults' }, ...FAULTS.map((value) => element('option', { value }))),
      element('label', { for: 'share' }, 'Percent of the requests'),
      share,
      element('label', { for: 'from' }, 'From second'),
      from,
      element('label', { for: 'until' }, 'Until second'),
      until,
      element('p', { class: 'hint' }, 'Seconds count from the change. The first rule that strikes a request wins.'),
      element('button', { type: 'submit', value: '' }, 'Add the fault'),
      // Below the button: Enter presses the first one of a form.
      list,
    ]),
    show(config) {
      ({ faults } = config);
      const focused = list.contains(document.activeElement);
      list.replaceChildren(...(faults.length > 0 ? faults.map(entry) : [element('li', { class: 'quiet' }, 'No fault is in force.')]));
      if (focused) {
        fault.focus();
      }
    },
  };
}

/** @param {(button: HTMLButtonElement) => object | null} change of the button that was pressed; null for none */
function card(title, apply, change, children) {
  const problem = element('p', { class: 'failed', role: 'alert' });
  const done = element('p', { class: 'quiet', role: 'status' });
  return element(
    'form',
    {
      class: 'start card',
      novalidate: true,
      async onsubmit(event) {
        event.preventDefault();
        problem.textContent = done.textContent = '';
        const wanted = change(event.submitter);
        try {
          done.textContent = wanted ? `Changed: ${await apply(wanted)}.` : '';
        } catch (failure) {
          problem.textContent = failure.message;
        }
      },
    },
    element('h3', {}, title),
    ...children,
    problem,
    done,
  );
}
