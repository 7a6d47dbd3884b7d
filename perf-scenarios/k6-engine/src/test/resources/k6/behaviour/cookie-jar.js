import http from 'k6/http';

export default function () {
  const jar = http.cookieJar();
  jar.set(__ENV.BASE, 'mine', 'yes', { path: '/' });
  const cookie = () => http.get(`${__ENV.BASE}/echo`, { cookies: { own: '1' } }).json('headers.Cookie');
  console.log(cookie(), JSON.stringify(jar.cookiesForURL(__ENV.BASE)));
  jar.delete(__ENV.BASE, 'mine');
  console.log(cookie());
  const other = new http.CookieJar();
  other.set(__ENV.BASE, 'other', 'jar');
  console.log(http.get(`${__ENV.BASE}/echo`, { jar: other }).json('headers.Cookie'));
  console.log(http.get(`${__ENV.BASE}/setcookie`).cookies.flavour[0].value);
}
