import http from 'k6/http';

export default async function () {
  const late = http.asyncRequest('GET', `${__ENV.BASE}/delay/2000`);
  const early = http.asyncRequest('GET', `${__ENV.BASE}/delay/50`);
  const first = await Promise.race([late.then(() => 'late'), early.then(() => 'early')]);
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
