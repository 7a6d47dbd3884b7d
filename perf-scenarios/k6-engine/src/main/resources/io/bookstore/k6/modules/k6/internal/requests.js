// What the modules that send requests share.

// What http.url`...` returns: the filled address, and the template as the name of the request.
export class NamedUrl {
  constructor(address, name) {
    this.url = address;
    this.name = name;
  }

  toString() {
    return this.url;
  }
}

export const address = (url) => (typeof url === 'string' ? url : String(url));
export const nameOf = (url) => (url instanceof NamedUrl ? url.name : null);
export const methodOf = (method) => (method === undefined || method === '' ? 'GET' : String(method));

// Name, value, name, value... as an object.
export function pairs(flat) {
  const object = {};
  for (let i = 0; i < flat.length; i += 2) object[flat[i]] = flat[i + 1];
  return object;
}
