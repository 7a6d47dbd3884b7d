// Globals of k6, and the functions through which the engine calls into the script.
import host from 'k6/internal/host';
import { inspect } from 'k6/internal/inspect';
import { CryptoKey, subtle } from 'k6/internal/subtle';

const logger = (level) => (...values) => host.log(level, values.map(inspect).join(' '));

globalThis.console = {
  log: logger('info'),
  debug: logger('debug'),
  info: logger('info'),
  warn: logger('warning'),
  error: logger('error'),
};

globalThis.global = globalThis;

// What this engine has of ECMAScript and k6 2.3 has not (features that grafana/sobek leaves out of its conformance tests).
const missing = [
  [globalThis, ['WeakRef', 'FinalizationRegistry', 'Float16Array', 'Iterator']],
  [Object, ['groupBy']],
  [Map, ['groupBy']],
  [Array, ['fromAsync']],
  [ArrayBuffer.prototype, ['detached', 'maxByteLength', 'resizable', 'resize', 'transfer', 'transferToFixedLength']],
  [DataView.prototype, ['getFloat16', 'setFloat16']],
  [Math, ['f16round', 'sumPrecise']],
  [Promise, ['try', 'withResolvers']],
  [RegExp, ['escape']],
  [String, ['dedent']],
  [String.prototype, ['isWellFormed', 'toWellFormed']],
];
for (const [owner, names] of missing) for (const name of names) delete owner[name];

const timer = (repeat) => (callback, delay, ...values) => {
  if (typeof callback !== 'function') throw new TypeError('a timer needs a function to call');
  return host.setTimer(values.length ? () => callback(...values) : callback, Number(delay) || 0, repeat);
};
const stopTimer = (id) => {
  if (typeof id === 'number') host.clearTimer(id);
};
globalThis.setTimeout = timer(false);
globalThis.setInterval = timer(true);
globalThis.clearTimeout = stopTimer;
globalThis.clearInterval = stopTimer;

// The file whose code is executing: the first one in the stack with an absolute path, for ours have none.
function callingFile() {
  const place = /[( ](\/[^():]*):\d+:\d+/.exec(new Error().stack);
  return place ? place[1] : '';
}

// import.meta.resolve, under the name that the engine gives it while it loads a file.
globalThis.importMetaResolve__ = (specifier) => host.resolve(String(specifier), callingFile());

globalThis.open = (path, mode) => {
  const file = callingFile();
  return mode === 'b' ? new ArrayBuffer(host.openBytes(String(path), file)) : host.openText(String(path), file);
};

// CommonJS: what require() gives, and the module.exports of each file that has been run, by its path.
const builtIns = new Map();
const commonJs = new Map();
let loadFile;

export const registerBuiltIn = (name, module) => builtIns.set(name, module);

export function setFileLoader(loader) {
  loadFile = loader;
}

export const isCommonJsLoaded = (path) => commonJs.has(path);

export function runCommonJs(path, body) {
  const module = { exports: {} };
  commonJs.set(path, module);
  body.call(module.exports, module.exports, (name) => requireFrom(String(name), path), module);
}

export function commonJsNames(path) {
  const { exports } = commonJs.get(path);
  return exports !== null && (typeof exports === 'object' || typeof exports === 'function') ? Object.keys(exports) : [];
}

function requireFrom(name, caller) {
  host.requireInit(`require('${name}')`);
  return builtIns.has(name) ? builtIns.get(name) : commonJs.get(loadFile(name, caller)).exports;
}

globalThis.require = (name) => requireFrom(String(name), callingFile());

// For the module that stands in for a CommonJS file.
globalThis.commonJs__ = (path) => commonJs.get(path).exports;

globalThis.CryptoKey = CryptoKey;
globalThis.crypto = {
  subtle,
  randomUUID: () => host.randomUuid(),
  getRandomValues: (array) => {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(new Uint8Array(new ArrayBuffer(host.randomBytes(array.byteLength))));
    return array;
  },
};

globalThis.__VU = host.vuId();
globalThis.__ENV = JSON.parse(host.environment());

export function setIteration(iteration) {
  globalThis.__ITER = iteration;
}

export function setEnv(key, value) {
  if (value === null) delete globalThis.__ENV[key];
  else globalThis.__ENV[key] = value;
}

export function getEnv(key) {
  const value = globalThis.__ENV[key];
  return value === undefined ? null : String(value);
}

export function makeError(message) {
  const error = new Error(message);
  error.name = 'GoError';
  return error;
}

export function invoke(fn, argument, resolved, rejected) {
  const result = argument === null ? fn(undefined) : fn(argument);
  if (result instanceof Promise) result.then(resolved, rejected);
  else resolved(result);
}

export const parse = (text) => JSON.parse(text);

export const isFunction = (value) => typeof value === 'function';

// options as JSON; a function or a text is no set of options.
export function optionsText(options) {
  if (options === undefined || options === null) return '{}';
  if (typeof options === 'function') return 'function';
  if (typeof options !== 'object' || Array.isArray(options)) return '';
  return JSON.stringify(options);
}

// What setup() returns travels as JSON: undefined becomes null, a Map pairs, a Set an array.
export function setupText(value) {
  return value === undefined ? null : JSON.stringify(portable(value, 'the value'));
}

function portable(value, place) {
  if (typeof value === 'function') throw new Error(`${place} is a function`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${place} is ${value}`);
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.toJSON === 'function') return value.toJSON();
  if (value instanceof Map || value instanceof Set) return portable([...value], place);
  if (Array.isArray(value)) return value.map((item, i) => portable(item, `${place}[${i}]`));
  const copy = {};
  for (const key of Object.keys(value)) copy[key] = portable(value[key], `${place}.${key}`);
  return copy;
}

export const arrayBuffer = (bytes) => new ArrayBuffer(bytes);
