import host from 'k6/internal/host';
import { makeError } from 'k6/internal/globals';

function deepFreeze(value) {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key);

// The elements live once in the JVM, as JSON; each access makes a frozen copy.
export function SharedArray(name, build) {
  if (!new.target) throw makeError('SharedArray must be called with new');
  if (typeof name !== 'string' || name === '') throw makeError('SharedArray needs a name');
  if (typeof build !== 'function') throw makeError(`SharedArray '${name}' needs a function that returns an array`);
  host.requireInit('new SharedArray()');
  const length = host.sharedArray(name, () => {
    const array = build();
    if (!Array.isArray(array)) throw makeError(`the function of SharedArray '${name}' must return an array`);
    return array.map((item) => JSON.stringify(item === undefined ? null : item));
  });
  const element = (index) => deepFreeze(JSON.parse(host.sharedElement(name, index)));
  return new Proxy([], {
    get: (target, key, receiver) => {
      if (isIndex(key)) return Number(key) < length ? element(Number(key)) : undefined;
      return key === 'length' ? length : Reflect.get(target, key, receiver);
    },
    has: (target, key) => (isIndex(key) ? Number(key) < length : Reflect.has(target, key)),
    ownKeys: () => [...Array(length).keys()].map(String).concat('length'),
    getOwnPropertyDescriptor: (target, key) => {
      if (isIndex(key) && Number(key) < length) {
        return { value: element(Number(key)), enumerable: true, configurable: true, writable: false };
      }
      return key === 'length' ? { value: length, writable: true, enumerable: false, configurable: false } : undefined;
    },
    set: () => {
      throw new TypeError(`SharedArray '${name}' cannot be changed`);
    },
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}

export default { SharedArray };
