import http from 'k6/http';

export default function () {
  const base = __ENV.BASE_URL;
  const list = http.batch([`${base}/status/200`, ['GET', `${base}/status/404`], { method: 'POST', url: `${base}/status/201` }]);
  console.log(list.map((response) => response.status));
  const named = http.batch({ one: `${base}/status/200`, two: ['GET', `${base}/status/404`] });
  console.log(named.one.status, named.two.status);
  // No request is answered before six are there, so sending fewer at a time would never end; the answer says how many were.
  const gate = `${base}/gate/batch-${Date.now()}/6`;
  const there = http.batch(Array.from({ length: 8 }, () => gate)).map((r) => Number(r.body));
  console.log('side by side:', Math.max(...there));
}
