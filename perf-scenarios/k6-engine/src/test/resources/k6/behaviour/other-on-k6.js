import { words } from './lib/words.js';

const half = 4 / 2 / 1;

export default function () {
  console.log(words('a b').length, half, new RegExp('\\p{Lu}', 'u').test('A'), /\p/.test('p'));
}

export function guarded() {
  return typeof Buffer === 'undefined' ? 'none' : Buffer.from('x').toString() + '\p{L}'.replace(/\p{L}/u, '');
}
