import http from 'k6/http';

export default async function () {
  // The gate answers no request before two are there: the first request stays unanswered until the third is sent.
  const gate = `${__ENV.BASE}/gate/async-${Date.now()}/2`;
  const late = http.asyncRequest('GET', gate);
  const early = http.asyncRequest('GET', `${__ENV.BASE}/status/200`);
  const first = await Promise.race([late.then(() => 'late'), early.then(() => 'early')]);
  http.get(gate);
  console.log(first, (await late).status);
  await new Promise((resolve) => setTimeout(resolve, 20));
  let ticks = 0;
  const interval = setInterval(() => {
    ticks++;
    if (ticks === 3) {
      clearInterval(interval);
      console.log('three ticks');
    }
  }, 5);
}
