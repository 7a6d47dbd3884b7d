import http from 'k6/http';

export const options = JSON.parse(__ENV.OPTIONS);

export default function () {
  const response = http.get(__ENV.URL, __ENV.PARAMS ? JSON.parse(__ENV.PARAMS) : undefined);
  console.log(response.status, response.error_code, response.body);
}
