export default function () {
  const bytes = Uint8Array.fromHex('6b36');
  const into = new Uint8Array(3);
  console.log(bytes.toBase64(), bytes.toHex(), Uint8Array.fromBase64('azY=').length, into.setFromHex('ff00').written);

  const expected = new Set(['id', 'name', 'email']);
  const received = new Set(['id', 'name']);
  console.log([...expected.difference(received)].join(), [...expected.intersection(received)].join(), received.isSubsetOf(expected));
  console.log([...received.union(new Set(['tag']))].join(), [...received.symmetricDifference(expected)].join());

  console.log(Error.isError(new TypeError('x')), Error.isError({ message: 'x' }));
  const exact = JSON.rawJSON('9007199254740993');
  console.log(JSON.stringify({ id: exact }), JSON.isRawJSON(exact), JSON.isRawJSON('1'));
}
