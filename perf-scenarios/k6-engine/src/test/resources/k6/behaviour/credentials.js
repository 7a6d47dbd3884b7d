import http from 'k6/http';

const secret = __ENV.BASE.replace('://', '://reader:se@cret@');

export default function () {
  console.log(http.get(`${secret}/echo`).json('headers.Authorization'));
  http.get(http.url`${secret}/redirect/1`);
  http.get(`${secret}/echo`, { tags: { name: `${secret}/named` } });
  http.get(__ENV.REFUSED.replace('://', '://reader:se@cret@'));
  http.get(`ht!tp://reader:se@cret@bad`);
  http.get(`${secret}/status/200`).json();
}
