import { later } from './lib/imports-later.js';

export default async function () {
  console.log(await later());
}
