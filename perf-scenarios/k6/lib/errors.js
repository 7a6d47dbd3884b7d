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

/**
 * Counts of given by expected statuses. `pairs` names a counter for each, `pair` the one of an answer; `rows` makes of their
 * counts the rows of a matrix.
 * @param {number[][]} expectations
 */
export function statusMatrix(expectations) {
  const byLabel = new Map(expectations.map((expected) => [labelOf(expected), expected]));
  const labels = [...byLabel.keys()].sort();
  const statuses = [...new Set([200, ...expectations.flat()])].sort((a, b) => a - b);
  const columns = [...statuses.map(statusOf), OTHER];
  const name = (label, column) => `given_${column}_for_${label}`.replace(/[^A-Za-z0-9]/g, '_');
  return {
    columns,
    pairs: labels.flatMap((label) => columns.map((column) => name(label, column))),
    pair: (expected, status) => name(labelOf(expected), statuses.includes(status) ? statusOf(status) : OTHER),
    rows: (countOf) =>
      labels
        .map((label) => ({
          label,
          expected: (byLabel.get(label) || []).map(statusOf),
          cells: columns.map((column) => countOf(name(label, column))),
        }))
        .filter(({ cells }) => cells.some((count) => count > 0)),
  };
}

/** The most frequent wrong status in rows of a matrix; undefined if each is right. */
export function wrongest(rows, columns) {
  return rows
    .flatMap(({ label, expected, cells }) => cells.map((count, i) => ({ expected: label, given: columns[i], count, right: expected.includes(columns[i]) })))
    .filter(({ right, count }) => !right && count > 0)
    .sort((a, b) => b.count - a.count)[0];
}

/** A status as a text; a client that gave up got none. */
export function statusOf(status) {
  return status === 0 ? 'none' : String(status);
}

const OTHER = 'other';

function labelOf(expected) {
  return expected.map(statusOf).join(' or ');
}
