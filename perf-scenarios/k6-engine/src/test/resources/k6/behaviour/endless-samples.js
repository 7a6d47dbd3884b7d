import { Counter } from 'k6/metrics';

const books = new Counter('books');

export const options = { duration: '240s' };

export default function () {
  books.add(1);
}

export function teardown() {
  console.log('torn down');
}
