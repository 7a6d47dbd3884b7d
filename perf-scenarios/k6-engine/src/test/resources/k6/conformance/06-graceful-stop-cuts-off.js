import { sleep } from 'k6';

export const options = { scenarios: { s: { executor: 'constant-vus', vus: 2, duration: '1s', gracefulStop: '1s' } } };

export default function () {
  try {
    sleep(600);
  } finally {
    console.log('finally');
  }
}
