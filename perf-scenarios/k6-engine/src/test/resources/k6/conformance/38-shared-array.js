import { SharedArray } from 'k6/data';

const data = new SharedArray('data', () => {
  console.log('built');
  return [{ n: 1 }, { n: 2 }, { n: 3 }];
});

export const options = { scenarios: { s: { executor: 'per-vu-iterations', vus: 3 } } };

export default function () {
  let thrown = 0;
  for (const change of [() => (data[0] = 1), () => (data[0].n = 5), () => data.push(1)]) {
    try {
      change();
    } catch (error) {
      thrown++;
    }
  }
  const parts = [data.length, data[1].n, data[7], data.map((item) => item.n).join(''), [...data].length];
  console.log(...parts, Array.isArray(data), data instanceof Array, Object.keys(data).join(''), thrown);
}
