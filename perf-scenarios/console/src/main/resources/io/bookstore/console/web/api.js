/** Reads JSON from the console; an error has the sentence that the console answered with. */
export const read = (path, parameters = {}) => ask(address(path, parameters), {});

/** Sends JSON to the console and returns its answer; an error as of `read`. */
export const send = (path, body = {}, method = 'POST') =>
  ask(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function ask(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Error('The console does not answer. Is it still running?');
  });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail);
  }
  return body;
}

/**
 * Listens to new calls until it is closed; the browser connects again by itself.
 * @param {Record<string, string>} filter
 * @param {{ connected: () => void, calls: (event: object) => void, lost: () => void }} listener
 */
export function listen(filter, listener) {
  const events = stream(address('api/events', filter), listener);
  events.addEventListener('calls', ({ data }) => listener.calls(JSON.parse(data)));
  return events;
}

/**
 * Listens to the runs that have not ended until it is closed.
 * @param {{ connected: () => void, runs: (active: object[]) => void, lost: () => void }} listener
 */
export function watchRuns(listener) {
  const events = stream('api/runs/events', listener);
  events.addEventListener('runs', ({ data }) => listener.runs(JSON.parse(data).runs));
  return events;
}

function stream(path, listener) {
  const events = new EventSource(path);
  events.addEventListener('open', listener.connected);
  events.addEventListener('error', listener.lost);
  return events;
}

function address(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined && value !== null);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
