import http from 'k6/http';

export default function () {
  for (const address of ['not a url', 'ftp://127.0.0.1/', 'http://', 'https://.x.com/', 'ht!tp://bad', 'http://a:port/']) {
    const response = http.get(address);
    console.log(response.status, response.error_code);
  }
}
