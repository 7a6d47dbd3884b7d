/** The steps of a rising rate, judged after the run. No k6 in here. */
import { ms, percent, total, values } from './answer.js';

/**
 * Every step that was asked anything. A step is good if it came to its end and its limits held; `failed` says why it is not, and is '' where the run ended
 * before the step did.
 * @param {number} elapsedMs from the start of the load to the end of the run
 */
export function judgeSteps(steps, metrics, lengthMs, elapsedMs, limits) {
  const judged = [];
  for (const [i, step] of steps.entries()) {
    const of = (name) => values(metrics, `${name}{scenario:${step.name}}`);
    const asked = total(of('llm_errors'));
    const dropped = of('dropped_iterations').count || 0;
    if (asked + dropped === 0) break;
    const bad = of('bad_answers').count || 0;
    const time = of('llm_response_time');
    const crossed = Object.keys(metrics)
      .filter((key) => key.endsWith(`{scenario:${step.name}}`))
      .filter((key) => Object.values(metrics[key].thresholds || {}).some(({ ok }) => !ok));
    const ended = elapsedMs >= (i + 1) * lengthMs;
    judged.push({
      ...step,
      asked,
      dropped,
      goodPerMinute: ((asked - bad) * 60000) / lengthMs,
      median: asked === 0 ? NaN : time.med,
      p95: asked === 0 ? NaN : time['p(95)'],
      errors: asked === 0 ? NaN : of('llm_errors').rate,
      good: ended && crossed.length === 0,
      failed: reason(crossed, { time, dropped, asked, bad, errors: of('llm_errors').rate }, limits),
    });
  }
  return judged;
}

/** The last step that is good with all before it, and the one after it; undefined where there is none. */
export function kneeOf(judged) {
  const bad = judged.findIndex(({ good }) => !good);
  const at = bad === -1 ? judged.length : bad;
  return { held: judged[at - 1], next: judged[at] };
}

/** `Holds 60 summaries a minute; at 120 the p95 is 11.4 s, the limit 8 s.` */
export function sentenceOf(judged) {
  const { held, next } = kneeOf(judged);
  if (judged.length === 0) return 'Held nothing: the run ended before its first answer.';
  const holds = held === undefined ? '' : `Holds ${held.rate} summaries a minute`;
  if (next === undefined) return `${holds}, the highest rate that was asked.`;
  if (next.failed === '') {
    return held === undefined
      ? `Held nothing: the run ended before the step of ${next.rate} summaries a minute did.`
      : `${holds}; the run ended before the step of ${next.rate} did.`;
  }
  return held === undefined ? `Does not hold ${next.rate} summaries a minute: ${next.failed}.` : `${holds}; at ${next.rate} ${next.failed}.`;
}

function reason(crossed, { time, dropped, asked, bad, errors }, limits) {
  const is = (metric) => crossed.some((key) => key.startsWith(metric));
  if (is('llm_response_time')) return `the p95 is ${ms(time['p(95)'])}, the limit ${ms(limits.p95)}`;
  if (is('llm_errors')) return `${percent(errors)} fail, the limit is ${percent(limits.errors)}`;
  if (is('dropped_iterations')) return `${dropped} of ${asked + dropped} arrivals found all virtual users waiting`;
  if (is('bad_answers')) return `${bad} of ${asked} answers failed or took longer than ${ms(limits.p99)}`;
  return '';
}
