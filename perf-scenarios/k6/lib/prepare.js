/** What every scenario does before its load: is the target there, has it data, what is there to work on. */
import exec from 'k6/execution';
import { health, items, seed } from './client.js';
import { refuseUnknownValues, target } from './target.js';
import { unexpectedAnswer } from './unexpected.js';

export function prepare() {
  refuseUnknownValues();
  const healthy = health();
  if (healthy.status !== 200) abort(unexpectedAnswer(target, target.health || { path: '/' }, healthy, '200'));
  const seeded = seed();
  if (seeded && seeded.status >= 400) abort(unexpectedAnswer(target, target.seed, seeded, 'a status below 400'));
  let found;
  try {
    found = items();
  } catch (problem) {
    // Of another kind it is a mistake in a script, and its stack says where.
    if (problem.name !== 'Error') throw problem;
    abort(problem.message);
  }
  return { items: found };
}

/** An exception would come with a stack trace, and the mistake is not in the script. */
function abort(sentence) {
  exec.test.abort(sentence);
}
