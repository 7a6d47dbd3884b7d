/** Text at the end of a run. No k6 in here. */

/** Columns wide enough for their cells, numbers to the right. */
export function table(heads, rows) {
  const cells = [heads, ...rows].map((row) => row.map(String));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => row.map((cell, column) => cell.padStart(widths[column])).join('  ')).join('\n');
}

/** The last of the steps from the first on whose limits all held and that was asked at all; undefined if the first did not. */
export function lastGood(steps, metrics) {
  let last;
  for (const step of steps) {
    const own = Object.keys(metrics).filter((key) => key.endsWith(`{scenario:${step.name}}`));
    const asked = metrics[`llm_errors{scenario:${step.name}}`];
    if (asked === undefined || asked.values.passes + asked.values.fails === 0) break;
    const held = own.every((key) => Object.values(metrics[key].thresholds || {}).every(({ ok }) => ok));
    if (!held) break;
    last = step;
  }
  return last;
}
