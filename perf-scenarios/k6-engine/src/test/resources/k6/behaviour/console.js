export default function () {
  console.log('text', 1, true, null, undefined, { a: 1, 'b c': ['x', { d: null }] }, [], {});
  console.log('%s stays', 'as it is', new Map([['k', 1]]), new Set([1]), () => 1, new Date(0));
  const round = {};
  round.self = round;
  console.log(round);
  console.warn('warned');
}
