/** Lines of a YAML text, for refusals. No k6 in here. */

/** The number of the line at which the last of these keys stands, each looked for below the one before it. */
export function lineOf(source, keys) {
  let at = 0;
  for (const [depth, key] of keys.entries()) {
    const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const found = new RegExp(`${depth === 0 ? '(^)' : `([\\s{,"'])`}${name}["']?\\s*:`, 'm').exec(source.slice(at));
    if (found === null) break;
    at += found.index + found[1].length;
  }
  return source.slice(0, at).split('\n').length;
}
