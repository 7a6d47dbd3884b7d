import sse from 'k6/x/sse';

export const options = { iterations: 1 };

const caught = (action) => {
  try {
    return action();
  } catch (error) {
    return error.message;
  }
};

export default function () {
  let called = 0;
  const refused = sse.open(__ENV.REFUSED, () => called++);
  console.log(`${refused.status} ${refused.error} ${called}`);
  const late = sse.open(`${__ENV.BASE}/hang`, { timeout: '1ms' }, () => called++);
  console.log(`${late.status} ${late.error} ${called}`);
  const wrong = sse.open(`${__ENV.BASE}/status/503`, (client) => client.on('event', () => called++));
  console.log(`${wrong.status} '${wrong.error}' ${called}`);
  const moved = sse.open(`${__ENV.BASE}/redirect/1`, (client) => client.on('error', (problem) => console.log(problem.error())));
  console.log(`${moved.status}`);
  console.log(caught(() => sse.open(`${__ENV.BASE}/events/whole`)));
  console.log(caught(() => sse.open(`${__ENV.BASE}/events/whole`, {}, 'no function')));
  console.log(caught(() => sse.open(`${__ENV.BASE}/endless`, (client) => client.on('event', () => { throw new Error('mine'); }))));
}
