import host from 'k6/internal/host';

const encodingOf = (encoding) => (encoding === undefined || encoding === null ? 'std' : String(encoding));

export const b64encode = (input, encoding) => host.base64Encode(input, encodingOf(encoding));

export function b64decode(input, encoding, format) {
  const bytes = host.base64Decode(String(input), encodingOf(encoding));
  return format === 's' ? host.utf8(bytes) : new ArrayBuffer(bytes);
}

export default { b64encode, b64decode };
