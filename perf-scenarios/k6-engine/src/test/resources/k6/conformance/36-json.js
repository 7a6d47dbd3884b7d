import http from 'k6/http';

export default function () {
  const json = http.get(`${__ENV.BASE_URL}/json`);
  const show = (selector) => console.log(JSON.stringify(json.json(selector)));
  ['a', 'b.c.1', 'b.c.#', 'users.#.name', 'users.#(age>35).name', 'zz'].forEach(show);
  const { headers } = http.get(`${__ENV.BASE_URL}/hdr`);
  console.log(headers['X-Lower-Case'], headers['X-Multi'], headers['x-lower-case']);
}
