export const options = { iterations: 2 };

export function setup() {
  return { v: 1, u: undefined };
}

export default function (d) {
  console.log(JSON.stringify([d.v, d.u]));
  d.v++;
}

export function teardown(d) {
  console.log(`teardown ${d.v}`);
}
