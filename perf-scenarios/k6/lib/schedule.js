/**
 * The moments at which requests are to arrive, in milliseconds from the start of a scenario. No k6 in here.
 *
 * Drawn arrivals are a renewal process. On an axis on which one arrival is due in each unit, the gaps are independent draws
 * of a gamma distribution; then they are divided by their sum, so that the arrivals which the rate promises fill the axis, and
 * the axis becomes time by the inverse of the rate's integral, so that the rate follows its steps. With shape 1 that is
 * exactly a Poisson process of this rate, given the number of its arrivals: sorted draws of the rate's own density. With
 * another shape k the shares of the gaps are a Dirichlet distribution: of n + 1 gaps with the mean 1, the variance is
 * n / (k (n + 1) + 1), nearly 1 / k. vLLM's benchmark divides its delays by their sum too.
 *
 * A number that is given makes runs of different seeds cost the same, and comparable. Its price: the number of arrivals in
 * a share s of the run has 1 - s times the variance that it has in a process without end. Bursts much shorter than the run
 * are as they were.
 */

/**
 * Moments drawn by a seed, sorted.
 * @param {number} shape of the gamma distribution of the gaps: 1 is Poisson, less comes in bursts, more is more even
 * @param {number} count how many
 * @param {{ms: number, from: number, to: number}[]} ramp the stretches of the rate, in any unit
 */
export function drawn(seed, shape, count, ramp) {
  const random = generator(seed);
  const gaps = Array.from({ length: count + 1 }, () => gamma(shape, random));
  const whole = gaps.reduce((sum, gap) => sum + gap, 0);
  const momentOf = along(ramp.filter(({ ms }) => ms > 0));
  let sum = 0;
  return gaps.slice(0, count).map((gap) => {
    sum += gap;
    return Math.round(1000 * momentOf(sum / whole)) / 1000;
  });
}

/** The most of those sorted moments that lie within so many milliseconds. */
export function mostWithin(moments, ms) {
  let most = 0;
  let first = 0;
  for (let last = 0; last < moments.length; last++) {
    while (moments[last] - moments[first] > ms) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** The area under a ramp, in its unit times milliseconds. */
export function areaOf(ramp) {
  return ramp.reduce((sum, { ms, from, to }) => sum + (ms * (from + to)) / 2, 0);
}

/** The moment at which a share of the ramp's area has passed; the shares must rise from call to call. */
function along(ramp) {
  const whole = areaOf(ramp);
  let stretch = 0;
  let areaBefore = 0;
  let msBefore = 0;
  return (share) => {
    const wanted = share * whole;
    while (stretch < ramp.length - 1 && areaBefore + areaOf([ramp[stretch]]) < wanted) {
      areaBefore += areaOf([ramp[stretch]]);
      msBefore += ramp[stretch].ms;
      stretch++;
    }
    const { ms, from, to } = ramp[stretch];
    const area = wanted - areaBefore;
    // Solves from * x + (to - from) / (2 * ms) * x^2 = area, in the form that stays exact when the line is flat.
    const root = Math.sqrt(Math.max(0, from * from + (2 * (to - from) * area) / ms));
    return msBefore + (area <= 0 ? 0 : Math.min(ms, (2 * area) / (from + root)));
  };
}

/** A draw of the gamma distribution with that shape and scale 1: G. Marsaglia, W. W. Tsang, ACM TOMS 26(3), 2000. */
function gamma(shape, random) {
  if (shape < 1) return gamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A draw of the standard normal distribution, by Box and Muller. */
function normal(random) {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** Uniform draws between 0 and 1, neither included: sfc32 of PractRand, in 32-bit integers that every engine adds alike. */
function generator(seed) {
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return ((sum >>> 0) + 0.5) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}
