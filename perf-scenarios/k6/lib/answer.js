/** The answer of a scenario to its question, for answer.json; docs/answers.md has the schema. No k6 in here. */

/**
 * The outputs of handleSummary: `answer.json`, and for stock k6 the tables and the sentence on the screen.
 * @param {number} durationScale
 * @param {{sentence: string, figures?: any[], sections?: any[]}} answer
 */
export function outputs(durationScale, { sentence, figures = [], sections = [] }) {
  const known = figures.filter(({ value }) => Number.isFinite(value)).slice(0, 3);
  const tables = sections.filter(({ kind }) => kind === 'table').map(text);
  return {
    stdout: [...tables, sentence].map((part) => `${part}\n`).join('\n'),
    'answer.json': JSON.stringify({ schemaVersion: 1, durationScale, sentence, figures: known, sections }, null, 2),
  };
}

export function figure(name, value, unit = '') {
  return { name, value, unit };
}

/** A table; a column is `[label, unit]`, a cell that is no finite number nor text is not known. */
export function table(title, columns, rows, note = '') {
  return { kind: 'table', title, note, columns: columns.map(axis), rows: rows.map((row) => row.map(cell)) };
}

/** A curve; a series is `[label, [[x, y], …]]`, and a point without a finite y is left out. */
export function curve(title, x, y, series, marks = {}) {
  const known = series
    .map(([label, points]) => ({ label, points: points.filter((point) => point.every(Number.isFinite)) }))
    .filter(({ points }) => points.length > 0);
  return known.length === 0 ? [] : [{ kind: 'curve', title, x: axis(x), y: axis(y), series: known, ...marks }];
}

export function bands(title, phases) {
  return { kind: 'bands', title, bands: phases };
}

/** Milliseconds as a person says them. */
export function ms(value) {
  return value >= 1000 ? `${trimmed(value / 1000, value >= 100000 ? 0 : 1)} s` : `${trimmed(value, value < 10 ? 1 : 0)} ms`;
}

/** A share from 0 to 1. */
export function percent(share) {
  const value = 100 * share;
  return `${trimmed(value, value >= 10 || value === 0 ? 0 : value >= 0.1 ? 1 : 2)} %`;
}

/** A count with commas between thousands. */
export function count(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function usd(value) {
  return `$${value < 1 ? value.toFixed(4) : value.toFixed(2)}`;
}

/** The values of a metric, `{}` if it is not in the summary. One with a threshold is there even if it was never measured, with 0. */
export function values(metrics, name) {
  return (metrics[name] || { values: {} }).values;
}

/** How many samples a rate has. */
export function total({ passes = 0, fails = 0 }) {
  return passes + fails;
}

function axis([label, unit = '']) {
  return { label, unit };
}

function cell(value) {
  return typeof value === 'string' || Number.isFinite(value) ? value : null;
}

function trimmed(value, digits) {
  return String(Number(value.toFixed(digits)));
}

/** Columns wide enough for their cells, numbers to the right. */
function text({ columns, rows }) {
  const heads = columns.map(({ label, unit }) => (unit === '' ? label : `${label} ${unit}`));
  const shown = rows.map((row) => row.map((value) => (value === null ? '-' : typeof value === 'number' ? trimmed(value, value < 1 ? 4 : 1) : value)));
  const cells = [heads, ...shown];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => row.map((value, column) => value.padStart(widths[column])).join('  ')).join('\n');
}
