import http from 'k6/http';

export default function () {
  const response = http.post(`${__ENV.BASE}/echo`, { text: 'x', upload: http.file('content', 'a.txt', 'text/plain') });
  console.log(response.json('headers.Content-type').replace(/boundary=\w+/, 'boundary=B'));
  console.log(response.json('body').replace(/--\w+/g, '--B').replace(/\r\n/g, '|'));
}
