// What k6's JavaScript lacks is missing everywhere, so that a script cannot come to rely on it.
const missing = {
  'Object.groupBy': typeof Object['groupBy'],
  'Map.groupBy': typeof Map['groupBy'],
  'Array.fromAsync': typeof Array['fromAsync'],
  'Promise.try': typeof Promise['try'],
  'Promise.withResolvers': typeof Promise['withResolvers'],
  'RegExp.escape': typeof RegExp['escape'],
  'Math.sumPrecise': typeof Math['sumPrecise'],
  'String.prototype.isWellFormed': typeof ''['isWellFormed'],
  'ArrayBuffer.prototype.resize': typeof new ArrayBuffer(1)['resize'],
  Iterator: typeof globalThis['Iterator'],
  Float16Array: typeof globalThis['Float16Array'],
  'a flag v': (() => {
    try {
      return typeof new RegExp('[a--b]', 'v');
    } catch (error) {
      return 'undefined';
    }
  })(),
  Intl: typeof Intl,
  structuredClone: typeof structuredClone,
  queueMicrotask: typeof queueMicrotask,
  WeakRef: typeof WeakRef,
  SharedArrayBuffer: typeof SharedArrayBuffer,
  fetch: typeof fetch,
  URL: typeof URL,
  btoa: typeof btoa,
  Buffer: typeof Buffer,
  process: typeof process,
  performance: typeof performance,
};

export default function () {
  console.log(Object.keys(missing).filter((name) => missing[name] !== 'undefined').join() || 'nothing');
  console.log([3, 1, 2].toSorted().join(), [1, 2, 3].findLast((n) => n < 3), 'a-a'.replaceAll('a', 'b'), Object.hasOwn({ a: 1 }, 'a'));
}
