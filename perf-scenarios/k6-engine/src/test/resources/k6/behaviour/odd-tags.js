import { Trend } from 'k6/metrics';

const books = new Trend('books');

export default function () {
  books.add(2.5, { a: '1,5', b: 'say "hi"' });
}
