import http from 'k6/http';

export default function () {
  const json = http.get(`${__ENV.BASE}/json`);
  for (const path of ['users.1.name', 'users.#(name=="A").age', 'users.#(age>1)#.age', 'u*.0.age', 'users.@reverse.0.name', 'b.@keys', '{a,"n":users.#}', 'b.x.y']) {
    console.log(JSON.stringify(json.json(path)));
  }
}
