import sse from 'k6/x/sse';

export const options = { iterations: 1 };

export default function () {
  const response = sse.open(`${__ENV.BASE}/events/cut`, (client) => {
    client.on('error', (problem) => console.log(`told ${problem}`));
  });
  console.log(`${response.status} ${response.error}`);
}
