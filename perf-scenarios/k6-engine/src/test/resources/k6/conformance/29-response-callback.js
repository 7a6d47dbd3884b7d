import http from 'k6/http';

http.setResponseCallback(http.expectedStatuses({ min: 200, max: 299 }, 404));

export default function () {
  http.get(`${__ENV.BASE_URL}/status/404`);
  http.get(`${__ENV.BASE_URL}/status/302`);
  http.get(`${__ENV.BASE_URL}/status/500`, { responseCallback: http.expectedStatuses(500) });
  http.get(`${__ENV.BASE_URL}/status/500`, { responseCallback: null });
}
