export default function () {
  console.log(/[\p{L}--[a-z]]/v.test('x'));
}
