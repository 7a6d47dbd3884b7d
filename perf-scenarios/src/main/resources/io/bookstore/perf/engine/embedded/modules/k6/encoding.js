import host from 'k6/internal/host';

export const b64encode = (input, encoding) => host.base64Encode(input, encoding === undefined ? 'std' : String(encoding));

export function b64decode(input, encoding, format) {
  const bytes = host.base64Decode(String(input), encoding === undefined ? 'std' : String(encoding));
  return format === 's' ? host.utf8(bytes) : new ArrayBuffer(bytes);
}

export default { b64encode, b64decode };
