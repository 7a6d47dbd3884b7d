import http from 'k6/http';

export const options = { iterations: 2, noCookiesReset: __ENV.KEEP === 'yes' };

export default function () {
  console.log(sent());
  http.get(`${__ENV.BASE_URL}/setcookie`);
  console.log(sent());
}

function sent() {
  return http.get(`${__ENV.BASE_URL}/echo`).json('headers.Cookie') === undefined ? 'no' : 'yes';
}
