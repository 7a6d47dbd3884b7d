const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const unhex = (text) => new Uint8Array(text.match(/../g).map((pair) => parseInt(pair, 16)));
const text = (value) => new Uint8Array([...value].map((character) => character.charCodeAt(0)));

async function aes(name, key, data, parameters) {
  const imported = await crypto.subtle.importKey('raw', unhex(key), name, true, ['encrypt', 'decrypt']);
  const secret = await crypto.subtle.encrypt({ name, ...parameters }, imported, unhex(data));
  const back = await crypto.subtle.decrypt({ name, ...parameters }, imported, secret);
  console.log(name, hex(secret), hex(back) === data);
}

export default async function () {
  console.log(hex(await crypto.subtle.digest('SHA-256', text('abc'))));
  console.log(hex(await crypto.subtle.digest({ name: 'sha-1' }, text('abc').buffer)));
  // RFC 4231, case 2
  const key = await crypto.subtle.importKey('raw', text('Jefe'), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
  const data = text('what do ya want for nothing?');
  const signature = await crypto.subtle.sign('HMAC', key, data);
  console.log(hex(signature), await crypto.subtle.verify('HMAC', key, signature, data), await crypto.subtle.verify('HMAC', key, signature, text('else')));
  // NIST SP 800-38A, F.2.1 and F.5.1, first block; the GCM specification, case 2
  await aes('AES-CBC', '2b7e151628aed2a6abf7158809cf4f3c', '6bc1bee22e409f96e93d7e117393172a', { iv: unhex('000102030405060708090a0b0c0d0e0f') });
  await aes('AES-CTR', '2b7e151628aed2a6abf7158809cf4f3c', '6bc1bee22e409f96e93d7e117393172a', { counter: unhex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'), length: 64 });
  await aes('AES-GCM', '00000000000000000000000000000000', '00000000000000000000000000000000', { iv: unhex('000000000000000000000000') });
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  const jwk = await crypto.subtle.exportKey('jwk', made);
  const raw = await crypto.subtle.exportKey('raw', await crypto.subtle.importKey('jwk', jwk, 'AES-GCM', true, ['decrypt']));
  console.log(jwk.kty, raw.byteLength, hex(raw) === hex(await crypto.subtle.exportKey('raw', made)));
  try {
    const other = unhex('ff000000000000000000000000000000');
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv: unhex('000000000000000000000000') }, made, other);
  } catch (error) {
    console.log(error.name);
  }
}
