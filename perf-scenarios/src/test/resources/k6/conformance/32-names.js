import http from 'k6/http';

export default function () {
  http.get(`${__ENV.BASE}/status/200`, { tags: { name: 'item', k: 'v' } });
  http.get(http.url`${__ENV.BASE}/status/${201}`);
}
