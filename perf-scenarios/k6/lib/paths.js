/** Paths into the JSON of an answer, such as `choices.0.message.content`. No k6 in here. */

/** A message quotes no more keys than a person reads. */
const MOST_KEYS = 20;

/** The path of a document itself. */
export const ROOT = '$';

/** The keys of the paths that were read: a stream reads the same few in each of its events. */
const keysOfPaths = new Map();

/** The value at a path; undefined where it leads nowhere. */
export function at(value, path) {
  if (path === ROOT) return value;
  const keys = keysOf(path);
  let part = value;
  for (let i = 0; i < keys.length && part !== undefined; i++) part = part === null ? undefined : part[keys[i]];
  return part;
}

function keysOf(path) {
  let keys = keysOfPaths.get(path);
  if (keys === undefined) {
    keys = path.split('.');
    keysOfPaths.set(path, keys);
  }
  return keys;
}

/**
 * How a path is read in several documents: the last value that is not null, or else the place where the path ended that came
 * furthest: the key that is `missing`, the path `after` which it is, the kind of JSON `found` there, and its `keys`.
 */
export function reading(documents, path) {
  const values = documents.map((document) => at(document, path)).filter((value) => value !== undefined);
  if (values.length > 0) {
    const told = values.filter((value) => value !== null);
    return { path, value: told.length > 0 ? told[told.length - 1] : null };
  }
  const ends = documents.map((document) => endOf(document, path));
  return { path, ...ends.reduce((furthest, end) => (end.steps > furthest.steps ? end : furthest), ends[0]) };
}

function endOf(document, path) {
  const names = path.split('.');
  let part = document;
  let steps = 0;
  while (isContainer(part) && part[names[steps]] !== undefined) part = part[names[steps++]];
  return {
    steps,
    missing: names[steps],
    after: names.slice(0, steps).join('.'),
    found: part === null ? 'null' : Array.isArray(part) ? 'list' : typeof part,
    keys: isContainer(part) && !Array.isArray(part) ? Object.keys(part).slice(0, MOST_KEYS) : [],
  };
}

function isContainer(part) {
  return part !== null && typeof part === 'object';
}
