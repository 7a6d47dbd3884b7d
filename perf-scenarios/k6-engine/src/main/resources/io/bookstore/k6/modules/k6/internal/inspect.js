// How console.log shows a value: strings as they are, everything else as one would write it.

export function inspect(value) {
  return typeof value === 'string' ? value : show(value, [], 0);
}

function show(value, parents, depth) {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name ? `[Function: ${value.name}]` : '[Function]';
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return value.stack || String(value);
  if (value instanceof Date) return isNaN(value) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (parents.includes(value)) return '[Circular]';
  if (depth > 4) return Array.isArray(value) ? '[Array]' : '[Object]';
  const inner = (part) => show(part, [...parents, value], depth + 1);
  if (Array.isArray(value)) return value.length ? `[ ${value.map(inner).join(', ')} ]` : '[]';
  if (value instanceof ArrayBuffer) return `ArrayBuffer { byteLength: ${value.byteLength} }`;
  if (value instanceof Map) {
    return `Map(${value.size}) {${[...value].map(([k, v]) => ` ${inner(k)} => ${inner(v)}`).join(',')} }`;
  }
  if (value instanceof Set) return `Set(${value.size}) {${[...value].map((v) => ` ${inner(v)}`).join(',')} }`;
  const entries = Object.keys(value).map((key) => `${/^[\w$]+$/.test(key) ? key : `'${key}'`}: ${inner(value[key])}`);
  return entries.length ? `{ ${entries.join(', ')} }` : '{}';
}
