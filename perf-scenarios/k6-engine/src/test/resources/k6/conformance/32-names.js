import http from 'k6/http';

export default function () {
  http.get(`${__ENV.BASE_URL}/status/200`, { tags: { name: 'item', k: 'v' } });
  http.get(http.url`${__ENV.BASE_URL}/status/${201}`);
}
