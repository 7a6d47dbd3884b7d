import { fromLibrary } from './lib/opener.js';

const here = open('./lib/data.txt');
const bytes = new Uint8Array(open('./lib/data.txt', 'b'));
const resolved = open(import.meta.resolve('./lib/data.txt'));
let missing = '';
try {
  open('./nowhere.txt');
} catch (error) {
  missing = error.message;
}

export default function () {
  console.log(here.trim(), fromLibrary.trim(), resolved.trim(), bytes[0], missing.replace(/ \/.*\//, ' '));
  try {
    open('./lib/data.txt');
  } catch (error) {
    console.log(error.message);
  }
}
