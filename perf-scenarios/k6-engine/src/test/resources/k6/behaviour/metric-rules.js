import { Counter, Trend } from 'k6/metrics';

const counter = new Counter('cc');
const problems = [];
for (const declare of [() => new Counter('c'), () => new Counter('1st'), () => new Trend('cc'), () => new Counter('cc', true)]) {
  try {
    declare();
  } catch (error) {
    problems.push(error.message);
  }
}
new Counter('cc');
new Trend('http_req_duration');

export default function () {
  problems.forEach((problem) => console.log(problem));
  console.log([null, undefined, NaN, 'x', '2', true, 0.5].map((value) => counter.add(value)).join());
  try {
    counter.add(1, { tag: {} });
  } catch (error) {
    console.log(error.message);
  }
}
