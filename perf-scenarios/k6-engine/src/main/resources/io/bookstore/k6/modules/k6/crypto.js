import host from 'k6/internal/host';

const present = (bytes, encoding) => (encoding === 'binary' ? new ArrayBuffer(bytes) : host.encodeBytes(bytes, String(encoding)));

const hash = (algorithm) => (input, encoding) => createHash(algorithm).update(input).digest(encoding);

class Hasher {
  #digest;

  constructor(digest) {
    this.#digest = digest;
  }

  update(input) {
    host.digestUpdate(this.#digest, input);
    return this;
  }

  digest(encoding) {
    return present(host.digestResult(this.#digest), encoding);
  }
}

export const createHash = (algorithm) => new Hasher(host.newHash(String(algorithm)));
export const createHMAC = (algorithm, secret) => new Hasher(host.newHmac(String(algorithm), secret));
export const hmac = (algorithm, secret, input, encoding) => createHMAC(algorithm, secret).update(input).digest(encoding);
export const randomBytes = (count) => new ArrayBuffer(host.randomBytes(Number(count)));

export const md4 = hash('md4');
export const md5 = hash('md5');
export const sha1 = hash('sha1');
export const sha256 = hash('sha256');
export const sha384 = hash('sha384');
export const sha512 = hash('sha512');
export const sha512_224 = hash('sha512_224');
export const sha512_256 = hash('sha512_256');
export const ripemd160 = hash('ripemd160');

export default {
  createHash,
  createHMAC,
  hmac,
  randomBytes,
  md4,
  md5,
  sha1,
  sha256,
  sha384,
  sha512,
  sha512_224,
  sha512_256,
  ripemd160,
};
