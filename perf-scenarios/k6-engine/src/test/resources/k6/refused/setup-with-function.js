export function setup() {
  return { list: [1, { callback: () => 1 }] };
}

export default function () {}
