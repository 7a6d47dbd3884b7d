/** English words to any length, the same every time: a tokenizer makes of them what it makes of a description. */
const WORDS = (
  'a captain who has lost his ship walks through the harbour of a town that nobody can find on any map and listens to ' +
  'what its people remember while the winter comes closer and the last letter from his daughter stays unopened'
).split(' ');

export function prose(characters) {
  let text = 'The';
  for (let i = 0; text.length < characters; i++) text += ` ${WORDS[i % WORDS.length]}`;
  // A trailing blank would be stripped on the way.
  return text.slice(0, characters).replace(/\s$/, '.');
}

/** A sentence of so many words. */
export function words(count) {
  return `${['The', ...Array.from({ length: count - 1 }, (_, i) => WORDS[i % WORDS.length])].join(' ')}.`;
}
