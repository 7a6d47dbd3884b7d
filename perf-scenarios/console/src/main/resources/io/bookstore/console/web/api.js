/** Reads JSON from the console; an error has the sentence that the console answered with. */
export async function read(path, parameters = {}) {
  const response = await fetch(address(path, parameters)).catch(() => {
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
  const events = new EventSource(address('api/events', filter));
  events.addEventListener('open', listener.connected);
  events.addEventListener('error', listener.lost);
  events.addEventListener('calls', ({ data }) => listener.calls(JSON.parse(data)));
  return events;
}

function address(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined && value !== null);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
