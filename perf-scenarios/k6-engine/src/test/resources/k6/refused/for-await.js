export default async function () {
  const text = 'for await (const x of y) is only text here'; // for await
  for await (const part of [text]) console.log(part);
}
