import http from 'k6/http';

export default function () {
  for (const status of [200, 204, 302, 404, 500]) http.get(`${__ENV.BASE_URL}/status/${status}`);
  http.get(__ENV.REFUSED);
}
