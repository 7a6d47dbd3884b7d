import host from 'k6/internal/host';

// An object whose members are asked of the engine each time they are read.
function live(prefix, names) {
  const object = {};
  for (const name of names) {
    Object.defineProperty(object, name, { enumerable: true, get: () => host.execution(`${prefix}.${name}`) });
  }
  return object;
}

// An object of texts that the engine keeps, read and changed like any other.
const kept = (read, write, remove, names) =>
  new Proxy(
    {},
    {
      get: (target, key) => (typeof key === 'string' ? (read(key) ?? undefined) : undefined),
      has: (target, key) => read(String(key)) !== null,
      set: (target, key, value) => {
        write(String(key), value);
        return true;
      },
      deleteProperty: (target, key) => {
        remove(String(key));
        return true;
      },
      ownKeys: () => JSON.parse(names()),
      getOwnPropertyDescriptor: (target, key) => ({ value: read(String(key)), enumerable: true, configurable: true, writable: true }),
    },
  );

const tags = kept(host.vuTag, host.setVuTag, host.deleteVuTag, host.vuTagNames);
const metadata = kept(host.vuMetadata, host.setVuMetadata, host.deleteVuMetadata, host.vuMetadataNames);

export const instance = live('instance', [
  'iterationsInterrupted',
  'iterationsCompleted',
  'vusActive',
  'vusInitialized',
  'currentTestRunDuration',
]);

export const scenario = live('scenario', [
  'name',
  'executor',
  'startTime',
  'progress',
  'iterationInInstance',
  'iterationInTest',
]);

export const vu = Object.assign(Object.create(null), {});
for (const name of ['iterationInInstance', 'iterationInScenario', 'idInInstance', 'idInTest']) {
  Object.defineProperty(vu, name, { enumerable: true, get: () => host.execution(`vu.${name}`) });
}
vu.tags = tags;
vu.metrics = {
  get tags() {
    return tags;
  },
  set tags(values) {
    for (const key of Object.keys(tags)) delete tags[key];
    Object.assign(tags, values);
  },
  get metadata() {
    return metadata;
  },
};

export const test = {
  abort: (message) => host.abortTest(message === undefined ? 'test aborted' : String(message)),
  fail: (message) => host.failTest(message === undefined ? 'test marked as failed' : String(message)),
  get options() {
    return JSON.parse(host.execution('test.options'));
  },
};

export default { instance, scenario, vu, test };
