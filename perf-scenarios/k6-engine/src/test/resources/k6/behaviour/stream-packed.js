import sse from 'k6/x/sse';

export const options = { iterations: 1 };

export default function () {
  const response = sse.open(`${__ENV.BASE}/events/packed`, (client) => {
    client.on('event', ({ data }) => console.log(data));
  });
  console.log(`${response.status} '${response.error}'`);
}
