/** Chance that a run repeats. No k6 in here. */

/**
 * A number from 0, below 1, that depends on these texts and numbers alone: not on the order in which requests come.
 * FNV-1a, then the finaliser of MurmurHash3, in 32-bit integers that every engine computes alike.
 */
export function draw(...parts) {
  let hash = 0x811c9dc5;
  for (const character of parts.join('\n')) hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}

/** The whole number from `least` to `most` that a draw stands for, each as likely as the others. */
export function whole([least, most], drawn) {
  return least + Math.floor(drawn * (most - least + 1));
}
