import { read } from './api.js';
import { element, moveByArrows } from './dom.js';
import { attribute, count, duration, plural, time } from './format.js';

/** The waterfall of a trace; each span opens to its messages, attributes and events. */
export async function traceView(main, page, { span: wanted }, id) {
  page.title('Trace');
  const trace = await read(`api/traces/${encodeURIComponent(id)}`);
  page.state(`as of ${time(Date.now())}`, true);
  const spans = trace.spans.map((span) => spanRow(span, trace, span.spanId === wanted));
  const dropped = trace.droppedSpans > 0 ? ` ${count(trace.droppedSpans)} more ${trace.droppedSpans === 1 ? 'was' : 'were'} dropped.` : '';
  main.replaceChildren(
    element('p', {}, element('a', { href: '#/calls', class: 'back' }, '← Calls')),
    element('h2', {}, `Trace ${trace.traceId}`),
    element(
      'p',
      { class: 'quiet' },
      `${time(trace.startMs)}, ${duration(trace.durationMs)}, ${plural(trace.spans.length, 'span')}.${dropped}`,
    ),
    element('div', { class: 'waterfall', onkeydown: (event) => moveByArrows(event, 'summary') }, ...spans),
  );
  main.querySelector('details[open] > summary')?.focus();
  return () => {};
}

function spanRow(span, trace, open) {
  const bar = element('span', { class: 'bar' });
  const whole = trace.durationMs || 1;
  bar.style.left = `${(100 * span.offsetMs) / whole}%`;
  bar.style.width = `${(100 * span.durationMs) / whole}%`;
  const name = element('span', { class: 'name' }, span.name);
  name.style.paddingLeft = `${Math.min(span.depth, 20) * 0.9}rem`;
  const kind = [span.call ? 'call' : '', span.error ? 'failed' : ''].join(' ').trim();
  const details = element(
    'details',
    { class: kind, open },
    element(
      'summary',
      {},
      name,
      element('span', { class: 'track', 'aria-hidden': 'true' }, bar),
      element('span', { class: 'number' }, duration(span.durationMs)),
    ),
  );
  // Filled when it is opened: a trace may have two thousand spans, each with a prompt.
  const fill = () => details.open && details.children.length === 1 && details.append(content(span));
  details.addEventListener('toggle', fill);
  fill();
  return details;
}

function content(span) {
  return element(
    'div',
    { class: 'content' },
    span.error ? element('p', { class: 'failed' }, span.error) : null,
    ...span.messages.map(message),
    pairs({
      service: span.service,
      instrumentation: span.scope,
      kind: span.kind,
      'span id': span.spanId,
      starts: `after ${duration(span.offsetMs)}`,
      ...Object.fromEntries(Object.entries(span.attributes).sort(([a], [b]) => a.localeCompare(b))),
    }),
    ...span.events.map((event) => eventBlock(event)),
  );
}

function message({ role, parts }) {
  return element('section', { class: 'message' }, element('h3', {}, role), ...parts.map((part) => element('p', {}, part)));
}

function eventBlock({ name, offsetMs, attributes }) {
  return element('section', { class: 'event' }, element('h3', {}, `${name} after ${duration(offsetMs)}`), pairs(attributes));
}

function pairs(values) {
  const rows = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, attribute(value))));
  return element('dl', {}, ...rows);
}
