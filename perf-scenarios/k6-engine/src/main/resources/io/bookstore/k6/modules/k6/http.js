import host from 'k6/internal/host';
import { makeError } from 'k6/internal/globals';
import { select } from 'k6/internal/json-path';
import { NamedUrl, address, methodOf, nameOf, pairs } from 'k6/internal/requests';

const { request: send } = host;

export class Response {
  #raw;
  #text;
  #headers;
  #timings;

  constructor(raw) {
    this.#raw = raw;
    this.status = raw.status;
    this.status_text = raw.statusText;
    this.url = raw.url;
    this.body = raw.binary ? new ArrayBuffer(raw.body) : raw.body;
    this.error = raw.error;
    this.error_code = raw.errorCode;
    this.proto = raw.proto;
  }

  // Made when first asked for: a script that only looks at the status should not pay for them.
  get headers() {
    return (this.#headers ??= pairs(this.#raw.headers));
  }

  get timings() {
    return (this.#timings ??= timings(this.#raw.timings));
  }

  get remote_ip() {
    return this.#raw.remoteIp;
  }

  get remote_port() {
    return this.#raw.remotePort;
  }

  get tls_version() {
    return this.#raw.tlsVersion;
  }

  get ocsp() {
    return { produced_at: 0, this_update: 0, next_update: 0, revoked_at: 0, revocation_reason: '', status: 'unknown' };
  }

  get cookies() {
    return JSON.parse(this.#raw.cookies());
  }

  get request() {
    return JSON.parse(this.#raw.request());
  }

  json(selector) {
    if (this.body === null) throw makeError(`the response of ${shown(this.url)} has no body, so it is no JSON`);
    this.#text ??= typeof this.body === 'string' ? this.body : host.utf8(this.#raw.body);
    if (selector === undefined) {
      try {
        return JSON.parse(this.#text);
      } catch (error) {
        throw makeError(`cannot parse the body of ${shown(this.url)} as JSON: ${error.message}`);
      }
    }
    let document;
    try {
      document = JSON.parse(this.#text);
    } catch {
      return undefined;
    }
    return select(document, String(selector));
  }

  html() {
    host.refuse('response.html()');
  }

  submitForm() {
    host.refuse('response.submitForm()');
  }

  clickLink() {
    host.refuse('response.clickLink()');
  }

  toJSON() {
    return {
      ...this,
      headers: this.headers,
      timings: this.timings,
      remote_ip: this.remote_ip,
      remote_port: this.remote_port,
      tls_version: this.tls_version,
      cookies: this.cookies,
      request: this.request,
      ocsp: this.ocsp,
    };
  }
}

const shown = (url) => url.replace(/:\/\/[^/?#]*@/, '://****:****@');

function timings(millis) {
  return {
    duration: millis[0],
    blocked: millis[1],
    looking_up: 0,
    connecting: millis[2],
    tls_handshaking: millis[3],
    sending: millis[4],
    waiting: millis[5],
    receiving: millis[6],
  };
}

function exchange(method, url, body, params) {
  return new Response(send(method, address(url), nameOf(url), body, params));
}

export const get = (url, params) => exchange('GET', url, undefined, params);
export const head = (url, params) => exchange('HEAD', url, undefined, params);
export const post = (url, body, params) => exchange('POST', url, body, params);
export const put = (url, body, params) => exchange('PUT', url, body, params);
export const patch = (url, body, params) => exchange('PATCH', url, body, params);
export const del = (url, body, params) => exchange('DELETE', url, body, params);
export const options = (url, body, params) => exchange('OPTIONS', url, body, params);
export const request = (method, url, body, params) => exchange(methodOf(method), url, body, params);

export const asyncRequest = (method, url, body, params) =>
  new Promise((resolve, reject) => {
    host.requestLater(methodOf(method), address(url), nameOf(url), body, params, (raw, problem) => {
      if (problem === null) resolve(new Response(raw));
      else reject(makeError(problem));
    });
  });

export function batch(requests) {
  if (typeof requests !== 'object' || requests === null) throw makeError('http.batch() needs an array or an object of requests');
  const keys = Object.keys(requests);
  const raw = host.batch(keys.map((key) => batchItem(requests[key], key)));
  const responses = Array.isArray(requests) ? [] : {};
  keys.forEach((key, i) => {
    responses[key] = new Response(raw[i]);
  });
  return responses;
}

function batchItem(item, key) {
  if (typeof item === 'string' || item instanceof NamedUrl) return ['GET', address(item), nameOf(item), undefined, undefined];
  if (Array.isArray(item)) return [methodOf(item[0]), address(item[1]), nameOf(item[1]), item[2], item[3]];
  if (typeof item !== 'object' || item === null || item.url === undefined) throw makeError(`request ${key} of http.batch() has no url`);
  return [methodOf(item.method), address(item.url), nameOf(item.url), item.body, item.params];
}

export function url(strings, ...values) {
  let filled = strings[0];
  let name = strings[0];
  values.forEach((value, i) => {
    filled += String(value) + strings[i + 1];
    name += '${}' + strings[i + 1];
  });
  return new NamedUrl(filled, name);
}

export class FileData {
  constructor(data, filename, contentType) {
    this.data = data;
    this.filename = filename;
    this.content_type = contentType;
  }
}

export const file = (data, filename, contentType) =>
  new FileData(data, filename === undefined ? String(Date.now()) : String(filename), contentType === undefined ? 'application/octet-stream' : String(contentType));

export class CookieJar {
  #jar;

  constructor(jar) {
    this.#jar = jar === undefined ? host.newCookieJar() : jar;
  }

  set(target, name, value, attributes) {
    return host.setCookie(this.#jar, String(target), String(name), String(value), attributes);
  }

  cookiesForURL(target) {
    return JSON.parse(host.cookiesFor(this.#jar, String(target)));
  }

  clear(target) {
    host.clearCookies(this.#jar, String(target), null);
  }

  delete(target, name) {
    host.clearCookies(this.#jar, String(target), String(name));
  }

  get __jar() {
    return this.#jar;
  }
}

export const cookieJar = () => new CookieJar(host.vuCookieJar());

export const expectedStatuses = (...statuses) => host.expectedStatuses(statuses);

export function setResponseCallback(callback) {
  host.setResponseCallback(callback);
}

export default {
  get,
  head,
  post,
  put,
  patch,
  del,
  options,
  request,
  asyncRequest,
  batch,
  url,
  file,
  FileData,
  CookieJar,
  cookieJar,
  expectedStatuses,
  setResponseCallback,
  Response,
};
