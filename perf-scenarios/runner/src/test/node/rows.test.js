import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../../../../k6/lib/rows.js';

test('the header of CSV names the values, which are texts', () => {
  const csv = '\uFEFFtitle,price\r\nEmma,7\r\n\r\n"Moby-Dick, or ""The Whale""\nof 1851",\r\n';

  assert.deepEqual(rowsOf('books.csv', csv), [
    { title: 'Emma', price: '7' },
    { title: 'Moby-Dick, or "The Whale"\nof 1851', price: '' },
  ]);
});

test('a file needs no line break at its end, and a value in quotes may be empty', () => {
  assert.deepEqual(rowsOf('books.CSV', 'title\n""\nEmma'), [{ title: '' }, { title: 'Emma' }]);
  assert.deepEqual(rowsOf('books.csv', 'title,author\nEmma,'), [{ title: 'Emma', author: '' }]);
});

test('values of JSON lines keep their types', () => {
  const lines = '{"title":"Emma","price":7}\r\n\n{"price":[1,null],"title":null}';

  assert.deepEqual(rowsOf('books.jsonl', lines), [{ title: 'Emma', price: 7 }, { title: null, price: [1, null] }]);
  assert.deepEqual(rowsOf('books.ndjson', lines), rowsOf('books.jsonl', lines));
});

for (const [file, source, message] of [
  ['books.csv', '', 'is empty: write a header, and a row for each item'],
  ['books.csv', '\n\n', 'is empty: write a header, and a row for each item'],
  ['books.csv', 'title,author\n', 'has no row: write one for each item'],
  ['books.csv', 'title,author\nEmma,Jane Austen\n"Dracula,\na novel"\n', 'is broken at line 3: it has 1 value, and the header 2'],
  ['books.csv', 'title\n"a\nb"\nEmma,Jane Austen\n', 'is broken at line 4: it has 2 values, and the header 1'],
  ['books.csv', 'book title\nEmma\n', 'is broken at line 1: no {name} can be "book title"; use letters, digits and _'],
  ['books.csv', 'title,title\nEmma,Emma\n', 'is broken at line 1: "title" stands there twice'],
  ['books.csv', 'title\nEmma\n"Dracula\n', 'is broken at line 3: a quote in it is not closed, or has text beside it; write a quote inside a value twice'],
  ['books.csv', 'title\nthe "whale"\n', 'is broken at line 2: a quote in it is not closed, or has text beside it; write a quote inside a value twice'],
  ['books.csv', 'title\nEmma\nBront\uFFFD\n', 'is broken at line 3: it has a character that is no UTF-8; save the file as UTF-8'],
  ['books.jsonl', ' \n', 'is empty: write an object of JSON in each line'],
  ['books.jsonl', '{"title":"Emma"}\n["Dracula"]\n', 'is broken at line 2: it is no object of JSON'],
  ['books.jsonl', '{"title":"Emma"}\n\n{"title":\n', 'is broken at line 3: it is no object of JSON'],
  ['books.jsonl', '\n{"title":"Emma","author":"x"}\n{"title":"Dracula"}\n', 'is broken at line 3: it has no "author", and line 2 has'],
  ['books.jsonl', '{"title":"Emma"}\n{"title":"Dracula","author":"x"}\n', 'is broken at line 2: it has "author", and line 1 has not'],
  ['books.json', '[]', 'must end in .csv, .jsonl, .ndjson'],
  ['books.csv', 'x'.repeat(4000001), 'has 4000001 characters, and each virtual user gets a copy: keep it below 4000000'],
]) {
  test(`${file} ${JSON.stringify(source.slice(0, 60))} ${message}`, () => assert.throws(() => rowsOf(file, source), { message }));
}
