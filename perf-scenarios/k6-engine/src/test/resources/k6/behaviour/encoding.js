import crypto from 'k6/crypto';
import { b64decode, b64encode } from 'k6/encoding';

export default function () {
  console.log(b64encode('héllo'), b64encode(new Uint8Array([251, 255]).buffer, 'rawurl'), b64decode('aGk=', 'std', 's'));
  console.log(b64decode('aGk=', null, 's'), b64encode('hi', null));
  console.log(new Uint8Array(b64decode('AQID', 'rawstd')).join());
  console.log(crypto.md5('a', 'hex'), crypto.sha1('a', 'base64'), crypto.sha512('a', 'binary').byteLength);
  console.log(crypto.hmac('sha256', 'key', 'data', 'hex'));
  console.log(crypto.createHash('sha256').update('a').update('b').digest('hex') === crypto.sha256('ab', 'hex'));
  console.log(crypto.randomBytes(5).byteLength, /^[0-9a-f-]{36}$/.test(globalThis.crypto.randomUUID()));
}
