/** The requests under `errors` of a descriptor. No k6 in here. */

/** One case for each request; `for: [400, 404]` is one for each value, with `{each}` replaced by it. */
export function errorCases({ name, errors = [] }) {
  if (errors.length === 0) throw new Error(`Target "${name}" describes no "errors", so there is nothing to ask.`);
  return errors.flatMap((described) => {
    const { for: values, ...rest } = described;
    return values === undefined ? [rest] : values.map((value) => withValue(rest, value));
  });
}

/** The cases as often as their weights say, mixed so that no kind comes in a block: any stretch has about the same. */
export function deck(cases) {
  const counts = cases.map(({ weight = 1 }) => weight);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const credit = counts.map(() => 0);
  return Array.from({ length: total }, () => {
    counts.forEach((count, index) => (credit[index] += count));
    const next = credit.indexOf(Math.max(...credit));
    credit[next] -= total;
    return cases[next];
  });
}

function withValue(template, value) {
  if (template === '{each}') return value;
  if (typeof template === 'string') return template.replaceAll('{each}', String(value));
  if (Array.isArray(template)) return template.map((part) => withValue(part, value));
  if (template !== null && typeof template === 'object') {
    return Object.fromEntries(Object.entries(template).map(([key, part]) => [key, withValue(part, value)]));
  }
  return template;
}
