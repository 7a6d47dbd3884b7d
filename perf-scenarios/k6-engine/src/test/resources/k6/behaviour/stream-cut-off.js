import sse from 'k6/x/sse';

export const options = { scenarios: { s: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s' } } };

export default function () {
  sse.open(`${__ENV.BASE}/endless`, { timeout: '300s' }, () => {});
  console.log('after the stream');
}
