import { sleep } from 'k6';

export const options = JSON.parse(__ENV.OPTIONS);

export default function () {
  console.log('ran');
  sleep(0.1);
}

export function other() {
  console.log('ran the scenario');
}
