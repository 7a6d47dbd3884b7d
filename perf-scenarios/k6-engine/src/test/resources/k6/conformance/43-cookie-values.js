import http from 'k6/http';

export default function () {
  const { cookies } = http.get(`${__ENV.BASE_URL}/setcookies`);
  for (const name of ['quoted', 'aged', 'gone', 'dated']) {
    const cookie = cookies[name][0];
    console.log(name, cookie.value, cookie.max_age, cookie.expires > 0);
  }
  console.log(JSON.stringify(http.cookieJar().cookiesForURL(__ENV.BASE_URL).quoted));
}
