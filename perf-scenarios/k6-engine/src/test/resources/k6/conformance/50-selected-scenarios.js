import exec from 'k6/execution';

export const options = JSON.parse(__ENV.OPTIONS);

const told = () => `${exec.scenario.name} ${__ENV.WHO}`;

export default function () {
  console.log(`default in ${exec.scenario.name}`);
}

export function read() {
  console.log(`read in ${told()}`);
}

export function write() {
  console.log(`write in ${told()}`);
}
