import http from 'k6/http';

export default function () {
  console.log(Object.keys(http.get(`${__ENV.BASE}/echo`).json('headers')).sort());
  const packed = http.get(`${__ENV.BASE}/gzip`);
  console.log(packed.body, packed.headers['Content-Encoding']);
}
