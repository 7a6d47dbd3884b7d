/** The formats of streams, and what it takes to read them. No k6 in here. */

/** Frames of bytes, which the embedded engine reads and no extension of k6 does. */
export const BINARY = 'aws-eventstream';

const MEDIA_TYPES = { ndjson: 'application/x-ndjson', [BINARY]: 'application/vnd.amazon.eventstream' };

/** What a client says that it accepts. */
export function mediaTypeOf(format) {
  return MEDIA_TYPES[format] || 'text/event-stream';
}

/**
 * Why streams of these formats cannot be read; '' if they can.
 * @param {any} extension k6/x/sse, undefined if this k6 does not have it
 * @param {string[]} formats
 */
export function whyUnreadable(extension, formats) {
  const read = (extension && extension.formats) || [];
  if (formats.includes(BINARY) && !read.includes(BINARY)) {
    return `No k6 can read the binary frames of a stream in the format ${BINARY}, with an extension either: use --engine embedded.`;
  }
  return extension === undefined
    ? 'This k6 has no extension k6/x/sse, so it cannot read a stream: use --engine embedded, or a k6 built by "xk6 build --with github.com/phymbert/xk6-sse".'
    : '';
}
