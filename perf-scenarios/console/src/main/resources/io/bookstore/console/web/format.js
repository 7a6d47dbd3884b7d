// An unknown figure is a dash and never a 0.
const UNKNOWN = '–';

// A formatter that is kept takes a fraction of the time of toLocaleString, which a list in motion asks for thousands of times.
const WHOLE = new Intl.NumberFormat('en');

const known = (value) => value !== null && value !== undefined;

export function duration(ms) {
  if (!known(ms)) {
    return UNKNOWN;
  }
  if (ms >= 60_000) {
    return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  }
  if (ms >= 1000) {
    return `${(ms / 1000).toFixed(2)} s`;
  }
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}

export const count = (value) => (known(value) ? WHOLE.format(value) : UNKNOWN);

export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

export const text = (value) => (known(value) ? value : UNKNOWN);

export function dollars(usd) {
  if (!known(usd)) {
    return UNKNOWN;
  }
  return usd >= 0.01 || usd <= 0 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(Math.min(8, 1 - Math.floor(Math.log10(usd))))}`;
}

/** Input and output; the cached part of the input only where there is one. */
export function tokens({ inputTokens, outputTokens, cachedTokens }) {
  const cached = cachedTokens ? ` (${count(cachedTokens)} cached)` : '';
  return known(inputTokens) || known(outputTokens) ? `${count(inputTokens)}${cached} → ${count(outputTokens)}` : UNKNOWN;
}

/** Minutes and seconds, such as 2:05. */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** A share as a percentage: small ones with a digit more, for 0.4 % of failures are not 0. */
export function percent(share) {
  return known(share) ? `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %` : UNKNOWN;
}

export const decimal = (value) => (known(value) ? value.toFixed(value < 10 ? 1 : 0) : UNKNOWN);

/** Three digits that count, for rates of any size. */
export const significant = (value) => (known(value) ? value.toLocaleString('en', { maximumSignificantDigits: 3 }) : UNKNOWN);

export const bytes = (value) => (known(value) ? `${count(Math.round(value / 1e6))} MB` : UNKNOWN);

/** Date and time as a list of runs needs them. */
export const moment = (ms) => (known(ms) ? new Date(ms).toLocaleString('sv-SE').replace('T', ' ') : UNKNOWN);

export const time = (ms) => new Date(ms).toLocaleTimeString('en-GB');

/** The value of an attribute as a person reads it: texts as they are, the rest as JSON. */
export const attribute = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
