/** Whole numbers from a distribution, and prompts of such lengths. No k6 in here. */
import { draw } from './draw.js';
import { words } from './prose.js';

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

/**
 * A whole number from a distribution. With a `median` it is log-normal, as lengths of prompts and answers are: half of the numbers
 * are below the median, one in twenty is above `p95`. `quantiles` cut the numbers into parts of equal shares, within which each
 * number is as likely. With neither, each number from `least` to `most` is as likely.
 * @param {{median?: number, p95?: number, quantiles?: number[], least: number, most: number}} distribution
 * @param {any[]} key decides on the number, with nothing else
 */
export function numberOf({ median, p95, quantiles, least, most }, ...key) {
  const share = draw(...key, 'length');
  const within = (number) => Math.round(Math.min(most, Math.max(least, number)));
  if (median !== undefined) return within(logNormal(median, p95, share, draw(...key, 'angle')));
  if (quantiles !== undefined) return within(quantileAt(quantiles, share));
  return within(least - 0.5 + share * (most - least + 1));
}

/** Words whose number has that distribution. */
export function proseOf(distribution, ...key) {
  return words(numberOf(distribution, ...key));
}

/** Box and Muller; no draw is 1. */
function logNormal(median, p95, length, angle) {
  const normal = Math.sqrt(-2 * Math.log(1 - length)) * Math.cos(2 * Math.PI * angle);
  return median * Math.exp((Math.log(p95 / median) / Z95) * normal);
}

function quantileAt(quantiles, share) {
  const part = Math.floor(share * (quantiles.length - 1));
  const [from, to] = quantiles.slice(part);
  return from + (share * (quantiles.length - 1) - part) * (to - from);
}
