import http from 'k6/http';

export default function () {
  show(http.post(`${__ENV.BASE_URL}/echo`, 'hi'));
  show(http.post(`${__ENV.BASE_URL}/echo`, { a: 1, b: 'x y' }));
  show(http.post(`${__ENV.BASE_URL}/echo`, JSON.stringify({ a: 1 }), { headers: { 'content-type': 'application/json' } }));
}

function show(response) {
  console.log(response.json('body'), response.json('headers.Content-type'));
}
