import http from 'k6/http';

export default function () {
  const base = __ENV.BASE_URL;
  const list = http.batch([`${base}/status/200`, ['GET', `${base}/status/404`], { method: 'POST', url: `${base}/status/201` }]);
  console.log(list.map((response) => response.status));
  const named = http.batch({ one: `${base}/status/200`, two: ['GET', `${base}/status/404`] });
  console.log(named.one.status, named.two.status);
  const start = Date.now();
  http.batch(Array.from({ length: 8 }, () => `${base}/delay/200`));
  const length = Date.now() - start;
  console.log(length >= 400 ? 'in two waves' : `too fast: ${length}`, length < 1000 ? 'side by side' : `too slow: ${length}`);
}
