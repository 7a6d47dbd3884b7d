/**
 * The service under load, as a descriptor says: base URL, headers, operations, and where an answer keeps what.
 * `${NAME}` in its texts is an environment variable, `${file:PATH}` the content of a file beside it. `TARGET` names a file of `targets/` (`bookstore`, `hub-services`) or a path of one's own.
 */
import { load as parseYaml } from '../vendor/js-yaml.js';
import { SharedArray } from 'k6/data';
import { checkedDescriptor } from './descriptor.js';
import { text } from './env.js';
import { rowsOf } from './rows.js';
import { fieldsOf, unknownValue } from './values.js';

export const variables = {
  BASE_URL: { means: 'the service to load; unset: the address in the descriptor, or a BookStore API that is started' },
  TARGET: { default: 'bookstore', means: 'a file of k6/targets/, or the path of one' },
};

export const target = new SharedArray('target', () => [read(text('TARGET', variables.TARGET.default))])[0];

/** The items of the descriptor's data file; none if it has no such file. */
export const fileItems = new SharedArray('items of the target', /** @returns {any[]} */ () => (target.items && target.items.file ? readItems(target.items.file) : []));

/** The operation's description, or undefined when this target does not have it. */
export function operation(name) {
  return target.operations[name];
}

/** The names of the operations that a role asks, those of the defaults included. */
export function operationsOfRoles() {
  return /** @type {any[]} */ (Object.values(target.roles)).flatMap((weights) => Object.keys(weights));
}

/** The names of the values that an item of this target has. */
export function itemFields() {
  return target.items && target.items.file ? Object.keys(fileItems[0]) : fieldsOf(target.items || {});
}

/** Throws if an operation that the scenarios ask uses a value that neither its items nor a run have. */
export function refuseUnknownValues() {
  const unknown = unknownValue(target, itemFields());
  if (unknown) throw new Error(`Target "${target.name}": ${unknown.sentence}.`);
}

function read(name) {
  const file = /[/.]/.test(name) ? name : import.meta.resolve(`../targets/${name}.yml`);
  let source;
  try {
    source = open(file);
  } catch (missing) {
    throw new Error(`TARGET "${name}" has no descriptor ${file}: use bookstore, hub-services or the path of a .yml file.`);
  }
  const folder = file.replace(/[^/]*$/, '');
  const descriptor = checkedDescriptor(name, source, withSecrets(name, folder, parsed(name, source)));
  if (descriptor.items && descriptor.items.file) descriptor.items.file = inFolder(folder, descriptor.items.file);
  descriptor.baseUrl = text('BASE_URL', descriptor.baseUrl).replace(/\/+$/, '');
  return descriptor;
}

function parsed(name, source) {
  try {
    return parseYaml(source);
  } catch (broken) {
    const { reason, mark } = broken;
    throw new Error(`Target "${name}"${mark ? `, line ${mark.line + 1}` : ''}: its YAML cannot be read (${reason || broken.message}): correct that line.`);
  }
}

/** Each `${NAME}` and `${file:PATH}` of a text replaced by that variable or the content of that file, so that a token stands in no descriptor. */
function withSecrets(target, folder, part) {
  if (Array.isArray(part)) return part.map((each) => withSecrets(target, folder, each));
  if (part !== null && typeof part === 'object') {
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, withSecrets(target, folder, each)]));
  }
  if (typeof part !== 'string') return part;
  return part
    .replace(/\$\{(\w+)\}/g, (_, name) => variable(target, name))
    .replace(/\$\{file:([^}]+)\}/g, (_, path) => content(target, inFolder(folder, path), path));
}

function inFolder(folder, path) {
  return path.startsWith('/') ? path : folder + path;
}

function variable(target, name) {
  const value = text(name, undefined);
  if (value === undefined) throw new Error(`Target "${target}" uses \${${name}}, which is not set: export ${name}, or give it with --env.`);
  return value;
}

function content(target, file, path) {
  try {
    return open(file).trim();
  } catch (missing) {
    throw new Error(`Target "${target}" uses \${file:${path}}, and ${file} cannot be read: write the secret there, or correct the path.`);
  }
}

/** The rows of a data file, if they have a value for each name that an operation uses. */
function readItems(file) {
  const refusal = (problem) => new Error(`The data file ${file} of target "${target.name}" ${problem}.`);
  let source;
  try {
    source = open(file);
  } catch (missing) {
    throw refusal('cannot be read: correct the path under items');
  }
  let rows;
  try {
    rows = rowsOf(file, source);
  } catch (broken) {
    throw refusal(broken.message);
  }
  const columns = Object.keys(rows[0]);
  const unknown = unknownValue(target, columns);
  if (unknown) throw refusal(`has no column "${unknown.value}", which the operation ${unknown.operation} uses: its columns are ${columns.join(', ')}`);
  return rows;
}
