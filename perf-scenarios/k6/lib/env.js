/** What a script takes from its environment. A bad value stops the run with one sentence before any load starts. */

/** The variable's text, or `fallback` when it is unset or empty. */
export function text(name, fallback) {
  const value = __ENV[name];
  return value === undefined || value === '' ? fallback : value;
}

/** The variable as a number within `min` and `max`. */
export function number(name, fallback, { min = -Infinity, max = Infinity } = {}) {
  const value = text(name, undefined);
  if (value === undefined) return fallback;
  const parsed = Number(value);
  if (!Number.isFinite(parsed) || parsed < min || parsed > max) {
    throw new Error(`${name} must be a number ${range(min, max)}, was "${value}".`);
  }
  return parsed;
}

/** The variable as numbers between commas, each within `min` and `max`. */
export function numbers(name, fallback, { min, max }) {
  const value = text(name, fallback);
  const parsed = value.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (parsed.some((each) => !Number.isInteger(each) || each < min || each > max)) {
    throw new Error(`${name} must be whole numbers ${range(min, max)} between commas, was "${value}".`);
  }
  return parsed;
}

/** The variable as a duration in k6's notation. */
export function duration(name, fallback) {
  const value = text(name, fallback);
  if (!/^([\d.]+(ms|s|m|h))+$/.test(value)) {
    throw new Error(`${name} must be a duration such as 90s, 30m or 1h30m, was "${value}".`);
  }
  return value;
}

/** The variable as a whole number from `min` to `max`. */
export function integer(name, fallback, { min, max }) {
  const value = number(name, fallback, { min, max });
  if (!Number.isInteger(value)) throw new Error(`${name} must be a whole number ${range(min, max)}, was "${value}".`);
  return value;
}

/** The variable as a whole percentage, 0 to 100. */
export function percentage(name, fallback) {
  return integer(name, fallback, { min: 0, max: 100 });
}

/** One of `known`; `llm_smoke` and `llmSmoke` mean the same. */
export function choice(name, fallback, known) {
  const value = text(name, fallback);
  const found = known.find((candidate) => plain(candidate) === plain(value));
  if (found === undefined) {
    throw new Error(`${name} must be one of ${known.join(', ')}, was "${value}".`);
  }
  return found;
}

function plain(name) {
  return name.replace(/[_-]/g, '').toLowerCase();
}

function range(min, max) {
  if (max === Infinity) return `of at least ${min}`;
  return `from ${min} to ${max}`;
}
