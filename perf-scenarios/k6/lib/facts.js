/** What `llm-perf verify` and `llm-perf doctor` want to know of an answer. No k6 in here. */
import { jsonFault } from './json-fault.js';
import { median } from './median.js';

const LONGEST_EXCERPT = 300;

export function factsOf(response) {
  const body = typeof response.body === 'string' ? response.body : '';
  const json = documentOf(response);
  return {
    status: response.status,
    contentType: (response.headers || {})['Content-Type'] || '',
    retryAfter: (response.headers || {})['Retry-After'] || null,
    durationMs: response.timings.duration,
    json: json !== undefined,
    fault: jsonFault(body),
    error: json !== undefined && (json.error !== undefined && json.error !== null && json.error !== false ? true : json.success === false),
    excerpt: body.trim().slice(0, LONGEST_EXCERPT),
  };
}

/** The same of a stream, with the pieces of text that it came in. */
export function streamFacts({ response, pieceTimes, whole }) {
  return {
    answer: factsOf(response),
    whole,
    pieces: pieceTimes.length,
    firstMs: pieceTimes.length > 0 ? pieceTimes[0] : null,
    lastMs: pieceTimes.length > 0 ? pieceTimes[pieceTimes.length - 1] : null,
    // Not the mean: a client that had to wait for a processor has a few long ones.
    gapMs: pieceTimes.length > 1 ? median(pieceTimes.slice(1).map((time, index) => time - pieceTimes[index])) : null,
  };
}

/** The body as a JSON object or list; undefined if it is none. */
export function documentOf({ body }) {
  try {
    const json = JSON.parse(body);
    return json !== null && typeof json === 'object' ? json : undefined;
  } catch (notJson) {
    return undefined;
  }
}
