import http from 'k6/http';
import crypto from 'k6/crypto';

const crypto2 = globalThis.crypto.subtle;
const url = `${__ENV.BASE}/json`;

const calls = {
  html: () => http.get(url).html(),
  submitForm: () => http.get(url).submitForm(),
  clickLink: () => http.get(url).clickLink(),
  digest: () => http.get(url, { auth: 'digest' }),
  ntlm: () => http.batch([['GET', url, null, { auth: 'ntlm' }]]),
  bodyOnGet: () => http.request('GET', url, 'body'),
  bodyOnHead: () => http.asyncRequest('HEAD', url, 'body'),
  brotli: () => http.post(url, 'x', { compression: 'br' }),
  zstd: () => http.get(`${__ENV.BASE}/zstd`),
  zstdLater: () => http.asyncRequest('GET', `${__ENV.BASE}/zstd`),
  rsa: () => crypto2.generateKey({ name: 'RSA-PSS' }, true, ['sign']),
  deriveBits: () => crypto2.deriveBits({ name: 'PBKDF2' }, null, 256),
  md4: () => crypto.md4('x', 'hex'),
  ripemd160: () => crypto.createHash('ripemd160').update('x').digest('hex'),
};

export const options = { iterations: 3, thresholds: { http_req_failed: ['rate<0.01'] } };

if (__ENV.WHERE === 'init') calls[__ENV.CALL]();

export function setup() {
  if (__ENV.WHERE === 'setup') calls[__ENV.CALL]();
}

export default async function () {
  try {
    await calls[__ENV.CALL]();
  } catch (error) {
    console.log('caught');
  }
  console.log('went on');
}

export function teardown() {
  console.log('torn down');
}
