// An unknown figure is a dash and never a 0.
const UNKNOWN = '–';

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

export const count = (value) => (known(value) ? value.toLocaleString('en') : UNKNOWN);

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

export const time = (ms) => new Date(ms).toLocaleTimeString('en-GB');

/** The value of an attribute as a person reads it: texts as they are, the rest as JSON. */
export const attribute = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
