// The part of gjson's path syntax that k6 scripts use in response.json(selector).

// Selectors are few and asked for often; what they are split into is kept.
const known = new Map();

export function select(root, path) {
  let parts = known.get(path);
  if (parts === undefined) {
    if (known.size > 500) known.clear();
    parts = split(path, '.');
    known.set(path, parts);
  }
  return walk(root, parts);
}

// Splits at a separator outside of brackets and quotes; a backslash keeps the next character.
function split(path, separator) {
  const parts = [];
  let part = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < path.length; i++) {
    const c = path[i];
    if (c === '\\' && i + 1 < path.length) {
      part += c + path[++i];
      continue;
    }
    if (c === '"') quoted = !quoted;
    if (!quoted && '({['.includes(c)) depth++;
    if (!quoted && ')}]'.includes(c)) depth--;
    if (depth === 0 && !quoted && (c === separator || (separator === '.' && c === '|'))) {
      parts.push(part);
      part = '';
    } else {
      part += c;
    }
  }
  parts.push(part);
  return parts;
}

function walk(value, parts) {
  let current = value;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const rest = parts.slice(i + 1);
    if (part === '#') {
      if (!Array.isArray(current)) return undefined;
      return rest.length ? collect(current, rest) : current.length;
    }
    if (part.startsWith('#(')) {
      if (!Array.isArray(current)) return undefined;
      const all = part.endsWith('#');
      const test = query(part.slice(2, all ? -2 : -1));
      const found = current.filter(test);
      if (all) return rest.length ? collect(found, rest) : found;
      if (!found.length) return undefined;
      current = found[0];
      continue;
    }
    current = step(current, part);
    if (current === undefined) return undefined;
  }
  return current;
}

const plain = new Map();

// Whether a part is nothing but a name: the usual case, which needs no regular expression.
function isPlain(part) {
  let answer = plain.get(part);
  if (answer === undefined) {
    if (plain.size > 500) plain.clear();
    answer = /^[\w-]+$/.test(part);
    plain.set(part, answer);
  }
  return answer;
}

// Applies the rest of a path to each element, dropping those without a match.
function collect(array, rest) {
  const tail = rest[0].startsWith('@') ? rest : [];
  const found = tail.length ? array : array.map((item) => walk(item, rest)).filter((item) => item !== undefined);
  return tail.length ? walk(found, tail) : found;
}

function step(value, part) {
  if (isPlain(part)) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (!Array.isArray(value)) return Object.prototype.hasOwnProperty.call(value, part) ? value[part] : undefined;
  }
  if (part === '@this') return value;
  if (part === '@reverse') return Array.isArray(value) ? [...value].reverse() : value;
  if (part === '@keys') return isObject(value) ? Object.keys(value) : [];
  if (part === '@values') return isObject(value) ? Object.values(value) : [];
  if (part.startsWith('@')) throw new Error(`JSON path modifier '${part}' is not supported by the embedded engine`);
  if (part.startsWith('{')) return multipath(value, part, (picked, [name, found]) => ({ ...picked, [name]: found }), {});
  if (part.startsWith('[')) return multipath(value, part, (picked, [, found]) => [...picked, found], []);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return /^\d+$/.test(part) ? value[Number(part)] : undefined;
  if (/(^|[^\\])[*?]/.test(part)) {
    const name = Object.keys(value).find((key) => wildcard(part).test(key));
    return name === undefined ? undefined : value[name];
  }
  const key = part.replace(/\\(.)/g, '$1');
  return Object.prototype.hasOwnProperty.call(value, key) ? value[key] : undefined;
}

function multipath(value, part, add, start) {
  return split(part.slice(1, -1), ',').reduce((picked, path) => {
    const named = /^"([^"]*)":(.*)$/.exec(path);
    const parts = split(named ? named[2] : path, '.');
    const found = walk(value, parts);
    return found === undefined ? picked : add(picked, [named ? named[1] : parts[parts.length - 1], found]);
  }, start);
}

function query(text) {
  const form = /^(.*?)\s*(==|!=|<=|>=|!%|%|<|>|=)\s*(.*)$/.exec(text);
  if (!form) return (item) => walk(item, split(text.trim(), '.')) !== undefined;
  const [, path, operator, operand] = form;
  const wanted = literal(operand.trim());
  return (item) => {
    const value = path.trim() === '' ? item : walk(item, split(path.trim(), '.'));
    return value !== undefined && compare(value, operator, wanted);
  };
}

function literal(text) {
  if (text.startsWith('"')) return text.replace(/^"|"$/g, '');
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}

function compare(value, operator, wanted) {
  switch (operator) {
    case '=':
    case '==':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '%':
      return wildcard(String(wanted)).test(String(value));
    case '!%':
      return !wildcard(String(wanted)).test(String(value));
    default:
      if (typeof value !== typeof wanted) return false;
      return operator === '<' ? value < wanted : operator === '<=' ? value <= wanted : operator === '>' ? value > wanted : value >= wanted;
  }
}

function wildcard(pattern) {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's');
}

const isObject = (value) => typeof value === 'object' && value !== null;
