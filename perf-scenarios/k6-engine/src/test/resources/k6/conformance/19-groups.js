import http from 'k6/http';
import { check, group } from 'k6';

export default function () {
  group('A', () => {
    group('B', () => {
      check(http.get(`${__ENV.BASE_URL}/status/200`), { k: true });
    });
  });
}
