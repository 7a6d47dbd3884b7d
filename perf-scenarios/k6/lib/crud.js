/** The plain requests of a mixed run: what each role does, and how a request is judged. */
import { check } from 'k6';
import { Counter, Rate, Trend } from 'k6/metrics';
import { responseTimeOf } from './arrivals.js';
import { call, callDescribed } from './client.js';
import { operation, target } from './target.js';
import { namesIn } from './values.js';

const errors = new Rate('crud_errors');
const responseTime = new Trend('crud_response_time', true);
const operations = new Counter('crud_operations');

/** Marks what a run has created, so that its teardown finds it. */
const GENRE = 'Load test';

/**
 * What this virtual user has created and not deleted: it deletes nobody else's books.
 * @type {string[]}
 */
const created = [];

/** The values that each operation uses. */
const used = Object.fromEntries(Object.entries(target.operations).map(([name, described]) => [name, namesIn(described)]));

const roles = Object.keys(target.roles);

/** What a user of a role does, as often as its weight says; an operation that the target does not have is left out. */
export function getOperationsForUser(role) {
  return Object.entries(target.roles[role])
    // A user deletes what a load test has created, and nothing else.
    .filter(([name]) => operation(name) !== undefined && (name !== 'delete' || operation('create') !== undefined))
    .flatMap(([name, weight]) => Array(weight).fill(name));
}

/** The operations of each role, each as often as its weight: a user draws one of them for each request. */
const choicesOf = Object.fromEntries(roles.map((role) => [role, getOperationsForUser(role)]));

/** The role of the n-th user, or of the user who makes the n-th request where each makes one. */
export function roleOf(n) {
  return roles[n % roles.length];
}

/** Whether the target describes any plain operation that a role asks for. */
export function hasPlainOperations() {
  return roles.some((role) => choicesOf[role].length > 0);
}

/** Says for a mixed run, once, what its target cannot be asked. */
export function sayWhatIsLeftOut() {
  if (hasPlainOperations()) return;
  console.warn(`Target "${target.name}" describes no plain operations: they are left out, and summaries are asked for at the same pace.`);
}

/** One plain request of `role`; null when the target has no operation for that role. */
export function act(role, n, item) {
  const choices = choicesOf[role];
  if (choices.length === 0) return null;
  let name = choices[Math.floor(Math.random() * choices.length)];
  const ofCreated = actsOnCreated(name, item);
  if (ofCreated && created.length === 0) name = 'create';
  const values = plainValues(n, item);
  if (ofCreated && name !== 'create') Object.assign(values, idValues(created[created.length - 1]));
  if (name === 'delete') created.pop();

  const { response, good } = operate(name, values, ofCreated && name === 'create' ? hasId : undefined);
  const id = good && name === 'create' ? idOf(response) : undefined;
  if (id !== undefined) created.push(id);
  return response;
}

/** Whether an operation acts on what the user has created: `delete` always, others by a name of its id that no item has. */
function actsOnCreated(name, item) {
  return name === 'delete' || used[name].includes('createdId') || (used[name].includes('bookId') && item.bookId === undefined);
}

/** The id of what a run has created, under the names that a descriptor has for it. */
export function idValues(id) {
  return { createdId: id, bookId: id };
}

function hasId(response) {
  return idOf(response) !== undefined;
}

/** The id in the answer of `create`; undefined if it has none. */
function idOf(response) {
  try {
    const id = response.json('id');
    return id === undefined || id === null ? undefined : String(id);
  } catch (noJson) {
    return undefined;
  }
}

/** The values that plain operations have, with those of the item. */
export function plainValues(n, item) {
  return { ...item, ...newBook(n), word: longestWord(String(item.title || '')) };
}

/** The life of one book, in order: created, read, changed, read again, deleted. What was written must be read. */
export function live(n, item) {
  const book = { ...item, ...newBook(n) };
  const { response, good } = operate('create', book, hasId);
  if (!good) return;
  const values = { ...book, ...idValues(idOf(response)), stock: book.stock + 1 };
  operate('get', values, (answer) => answer.json('title') === book.newTitle);
  operate('update', values);
  operate('get', values, (answer) => answer.json('stockQuantity') === values.stock);
  operate('delete', values);
}

/** Repeats a plain operation of a recording, about `item` but for the recorded `values`. */
export function repeat(name, n, item, values) {
  operate(name, { ...item, ...newBook(n), word: longestWord(item.title || ''), ...values });
}

/** Repeats a recorded request that is no operation of the target: any answer that is no error is good. */
export function repeatUndescribed(method, path) {
  const response = callDescribed('other', { method, path }, {}, { operation_type: 'crud' });
  judge(response, ({ status }) => status > 0 && status < 400);
}

/** Sends an operation and judges it by its status, and by `right` where that is not enough. */
function operate(name, values, right = (_) => true) {
  let response;
  try {
    response = call(name, values, { operation_type: 'crud' });
  } catch (unsent) {
    errors.add(true);
    throw unsent;
  }
  const expected = [].concat(operation(name).expect || 200);
  return { response, good: judge(response, (answer) => expected.includes(answer.status) && right(answer)) };
}

function judge(response, isGood) {
  const good = check(response, { 'plain request answered as expected': isGood });
  errors.add(!good);
  responseTime.add(responseTimeOf(response));
  if (good) operations.add(1);
  return good;
}

/** Creates a book with that description, for a script that needs one; `cleanUp` deletes it. */
export function createBook(n, item, description) {
  const response = call('create', { ...item, ...newBook(n), description });
  if (response.status >= 400) throw new Error(`A book with a description of ${description.length} characters was refused (HTTP ${response.status}).`);
  const id = idOf(response);
  if (id === undefined) throw new Error(`Target "${target.name}" was answered without an id by the operation create.`);
  return id;
}

/** Deletes what the run has created; a page at a time, as long as there are any. */
export function cleanUp() {
  if (operation('listCreated') === undefined) return;
  for (let page = 0; page < 100; page++) {
    const listed = call('listCreated', { genre: GENRE });
    const books = /** @type {any[]} */ (listed.status === 200 ? listed.json('books') : []);
    if (books.length === 0) return;
    for (const book of books) call('delete', idValues(book.id));
  }
}

/** The values of a plain operation that writes; each number has a book of its own. */
export function newBook(n) {
  return {
    newTitle: `A Book of Load ${n}`,
    newIsbn: isbn13(9790000000000 + ((n * 7919 + __VU) % 999999999) * 10),
    // One division: a sum of fractions has more than the two places that a price may have.
    price: (500 + ((n * 13) % 4000)) / 100,
    stock: 1 + (n % 100),
    genre: GENRE,
    description: 'Written and deleted by a load test.',
  };
}

/** Replaces the last digit by the check digit (ISO 2108). */
function isbn13(number) {
  const digits = String(number).slice(0, 12);
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

// Ranges instead of \p{L}, which k6 reads as the letters p and L.
function longestWord(title) {
  return title.split(/[^A-Za-z0-9\u00C0-\u024F]+/).reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}
