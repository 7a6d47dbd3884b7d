// crypto.subtle with what the JDK has and scripts use: digests, HMAC and AES; anything else stops the run by name.
import host from 'k6/internal/host';

const HASHES = { 'SHA-1': 64, 'SHA-256': 64, 'SHA-384': 128, 'SHA-512': 128 };
const CIPHERS = ['AES-CBC', 'AES-CTR', 'AES-GCM'];
const ELSEWHERE = ['RSASSA-PKCS1-V1_5', 'RSA-PSS', 'RSA-OAEP', 'ECDSA', 'ECDH', 'ED25519', 'X25519', 'HKDF', 'PBKDF2', 'AES-KW'];

export class CryptoKey {
  #bytes;

  constructor(bytes, algorithm, extractable, usages) {
    this.#bytes = bytes;
    this.type = 'secret';
    this.algorithm = algorithm;
    this.extractable = extractable;
    this.usages = usages;
  }

  static bytesFor(key, usage, name) {
    if (!(key instanceof CryptoKey)) throw problem('TypeError', `a CryptoKey is needed, was ${typeof key}`);
    if (key.algorithm.name !== name) throw problem('InvalidAccessError', `the key is for ${key.algorithm.name}, not for ${name}`);
    if (!key.usages.includes(usage)) throw problem('InvalidAccessError', `the key does not allow '${usage}'`);
    return key.#bytes;
  }

  static bytesOut(key) {
    if (!key.extractable) throw problem('InvalidAccessError', 'the key is not extractable');
    return key.#bytes;
  }
}

function problem(name, message) {
  const error = name === 'TypeError' ? new TypeError(message) : new Error(message);
  error.name = name;
  return error;
}

function nameOf(algorithm, names) {
  const given = typeof algorithm === 'string' ? algorithm : algorithm?.name;
  if (typeof given !== 'string') throw problem('TypeError', 'an algorithm needs a name');
  const name = given.toUpperCase();
  if (names.includes(name)) return name;
  if (ELSEWHERE.includes(name)) host.refuse(`crypto.subtle with ${given}`);
  throw problem('NotSupportedError', `algorithm '${given}' is none of ${names.join(', ')}`);
}

const hashOf = (algorithm) => nameOf(algorithm, Object.keys(HASHES));
const buffer = (bytes) => new ArrayBuffer(bytes);

function bytesOf(data, what) {
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
  throw problem('TypeError', `${what} must be an ArrayBuffer or a view of one`);
}

function keyFor(bytes, algorithm, extractable, usages) {
  const name = nameOf(algorithm, ['HMAC', ...CIPHERS]);
  const allowed = name === 'HMAC' ? ['sign', 'verify'] : ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
  const wrong = usages.find((usage) => !allowed.includes(usage));
  if (wrong !== undefined) throw problem('SyntaxError', `a key for ${name} has no usage '${wrong}'`);
  const length = bytes.byteLength * 8;
  if (name === 'HMAC') {
    if (length === 0) throw problem('DataError', 'a key for HMAC must not be empty');
    return new CryptoKey(bytes, { name, length, hash: { name: hashOf(algorithm.hash) } }, extractable, usages);
  }
  if (![128, 192, 256].includes(length)) throw problem('DataError', `a key for ${name} has 128, 192 or 256 bits, was ${length}`);
  return new CryptoKey(bytes, { name, length }, extractable, usages);
}

function jwkOf(key) {
  const { name, length, hash } = key.algorithm;
  const alg = name === 'HMAC' ? `HS${hash.name.slice(4)}` : `A${length}${name.slice(4)}`;
  return { kty: 'oct', k: host.encodeBytes(CryptoKey.bytesOut(key), 'base64rawurl'), alg, ext: key.extractable, key_ops: [...key.usages] };
}

function cipher(encrypt, algorithm, key, data) {
  const name = nameOf(algorithm, CIPHERS);
  const secret = CryptoKey.bytesFor(key, encrypt ? 'encrypt' : 'decrypt', name);
  const start = bytesOf(name === 'AES-CTR' ? algorithm.counter : algorithm.iv, name === 'AES-CTR' ? 'counter' : 'iv');
  if (name !== 'AES-GCM' && start.byteLength !== 16) throw problem('OperationError', `${name} needs 16 bytes to start from, were ${start.byteLength}`);
  const tag = algorithm.tagLength ?? 128;
  if (name === 'AES-GCM' && ![96, 104, 112, 120, 128].includes(tag)) throw problem('OperationError', `tagLength must be 96 to 128 bits, was ${tag}`);
  const more = algorithm.additionalData === undefined ? new Uint8Array(0) : bytesOf(algorithm.additionalData, 'additionalData');
  try {
    return buffer(host.subtleCipher(name, encrypt, secret, start, name === 'AES-GCM' ? tag : (algorithm.length ?? 0), more, bytesOf(data, 'data')));
  } catch (error) {
    throw problem('OperationError', error.message);
  }
}

const sameBytes = (one, other) => one.byteLength === other.byteLength && one.every((byte, i) => byte === other[i]);

const elsewhere = (name) => async () => host.refuse(`crypto.subtle.${name}()`);

export const subtle = {
  async digest(algorithm, data) {
    return buffer(host.subtleDigest(hashOf(algorithm), bytesOf(data, 'data')));
  },

  async generateKey(algorithm, extractable, usages) {
    const name = nameOf(algorithm, ['HMAC', ...CIPHERS]);
    const bits = algorithm.length ?? (name === 'HMAC' ? HASHES[hashOf(algorithm.hash)] * 8 : 0);
    if (!(bits > 0) || bits % 8 !== 0) throw problem('OperationError', `the length of a key for ${name} must be whole bytes, was ${bits} bits`);
    if (usages.length === 0) throw problem('SyntaxError', 'a key needs a usage');
    return keyFor(new Uint8Array(buffer(host.randomBytes(bits / 8))), algorithm, extractable, [...usages]);
  },

  async importKey(format, data, algorithm, extractable, usages) {
    nameOf(algorithm, ['HMAC', ...CIPHERS]);
    if (format === 'raw') return keyFor(bytesOf(data, 'the key'), algorithm, extractable, [...usages]);
    if (format !== 'jwk') throw problem('NotSupportedError', `the format of a secret key must be raw or jwk, was '${format}'`);
    if (data?.kty !== 'oct' || typeof data.k !== 'string') throw problem('DataError', "a secret key as JWK has kty 'oct' and k");
    return keyFor(new Uint8Array(buffer(host.base64Decode(data.k, 'rawurl'))), algorithm, extractable, [...usages]);
  },

  async exportKey(format, key) {
    if (format === 'raw') return CryptoKey.bytesOut(key).buffer.slice(0);
    if (format !== 'jwk') throw problem('NotSupportedError', `the format of a secret key must be raw or jwk, was '${format}'`);
    return jwkOf(key);
  },

  async sign(algorithm, key, data) {
    const name = nameOf(algorithm, ['HMAC']);
    return buffer(host.subtleHmac(key.algorithm.hash.name, CryptoKey.bytesFor(key, 'sign', name), bytesOf(data, 'data')));
  },

  async verify(algorithm, key, signature, data) {
    const name = nameOf(algorithm, ['HMAC']);
    const expected = host.subtleHmac(key.algorithm.hash.name, CryptoKey.bytesFor(key, 'verify', name), bytesOf(data, 'data'));
    return sameBytes(new Uint8Array(buffer(expected)), bytesOf(signature, 'signature'));
  },

  async encrypt(algorithm, key, data) {
    return cipher(true, algorithm, key, data);
  },

  async decrypt(algorithm, key, data) {
    return cipher(false, algorithm, key, data);
  },

  deriveBits: elsewhere('deriveBits'),
  deriveKey: elsewhere('deriveKey'),
  wrapKey: elsewhere('wrapKey'),
  unwrapKey: elsewhere('unwrapKey'),
};
