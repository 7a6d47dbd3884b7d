import http from 'k6/http';

export default function () {
  const followed = http.get(`${__ENV.BASE_URL}/redirect/2`);
  console.log(followed.status, followed.url.replace(__ENV.BASE_URL, ''), followed.request.url.replace(__ENV.BASE_URL, ''));
  const left = http.get(`${__ENV.BASE_URL}/redirect/2`, { redirects: 0 });
  console.log(left.status, left.headers.Location);
}
