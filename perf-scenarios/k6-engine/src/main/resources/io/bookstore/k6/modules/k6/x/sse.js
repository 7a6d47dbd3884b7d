// The API of the extension xk6-sse: open() blocks until the stream has ended, and calls the handlers meanwhile.
import host from 'k6/internal/host';
import { makeError } from 'k6/internal/globals';
import { address, methodOf, nameOf, pairs } from 'k6/internal/requests';

export function open(url, ...rest) {
  const setup = rest.pop();
  if (typeof setup !== 'function') throw makeError('the last argument of sse.open() must be a function that gets the client');
  const params = rest[0] ?? {};
  const headers = { Accept: 'text/event-stream', ...params.headers };
  const stream = host.openStream(methodOf(params.method), address(url), nameOf(url), params.body, { ...params, headers });
  if (stream.error !== undefined) return { url: '', status: 0, headers: {}, error: stream.error };

  const handlers = {};
  const tell = (event, ...values) => (handlers[event] ?? []).forEach((handler) => handler(...values));
  let raw;
  try {
    setup({
      on: (event, handler) => {
        if (typeof handler === 'function') (handlers[event] ??= []).push(handler);
      },
      close: () => host.closeStream(stream),
    });
    tell('open');
    for (let event = host.nextEvent(stream); event !== null; event = host.nextEvent(stream)) {
      const { problem } = event;
      if (problem === '') tell('event', { id: event.id, comment: event.comment, name: event.name, data: event.data });
      else tell('error', { error: () => problem, toString: () => problem });
    }
  } finally {
    raw = host.endStream(stream);
  }
  return { url: address(url), status: raw.status, headers: pairs(raw.headers), error: raw.error };
}

/** The formats of streams beside server-sent events whose messages come as events, by the media type of the answer; the extension has none. */
export const formats = ['aws-eventstream'];

export default { open, formats };
