import sse from 'k6/x/sse';
import { open } from 'k6/x/sse';

export const options = { iterations: 1, thresholds: { sse_event: ['count==4'], http_req_failed: ['rate==0'] } };

export default function () {
  const response = sse.open(
    `${__ENV.BASE}/events/whole`,
    { method: 'POST', body: 'a question', headers: { 'X-Own': 'yes' }, tags: { kind: 'chat' } },
    (client) => {
      client.on('open', () => console.log('open'));
      client.on('event', (event) => console.log(JSON.stringify(event)));
      client.on('error', (problem) => console.log(problem.error()));
      client.on('event', 'no function, so not called');
    },
  );
  console.log(`${response.status} ${response.headers['Content-Type']} ${response.headers['X-Asked']} '${response.error}'`);
  console.log(response.url === `${__ENV.BASE}/events/whole`, typeof open);
}
