import umd, { hash, delete as remove } from './lib/umd.js';
import * as common from './lib/common.js';
import greet, { version } from './lib/transpiled.js';

export default function () {
  console.log(hash('a'), umd.twice('x'), remove(), typeof umd.hash);
  console.log(common.join('a', 'b'), common.default.glue);
  console.log(greet('you'), version);
}
