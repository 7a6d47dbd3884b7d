import http from 'k6/http';

export default function () {
  const form = { a: 1, b: { c: 1 }, d: null, e: undefined, f: true, g: ['x', 2] };
  console.log(http.post(`${__ENV.BASE_URL}/echo`, form).json('body'));
}
