import http from 'k6/http';

export default function () {
  console.log(Object.keys(http.get(`${__ENV.BASE_URL}/echo`).json('headers')).sort());
  const packed = http.get(`${__ENV.BASE_URL}/gzip`);
  console.log(packed.body, packed.headers['Content-Encoding']);
}
