/** Rows of a data file: CSV, or an object of JSON in each line. No k6 in here. */

/** Each virtual user gets a copy of the rows. */
const MOST_CHARACTERS = 4e6;

const READERS = { csv: ofCsv, jsonl: ofJsonLines, ndjson: ofJsonLines };

/** A value in quotes, in which a quote stands twice, or one without; then a comma or the end of the record (RFC 4180). */
const VALUE = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/;

/**
 * The rows of a file, each with its values by name. Throws the rest of a sentence that begins with the name of the file.
 * @param {string} file its name, whose end says the format
 */
export function rowsOf(file, source) {
  const reader = READERS[file.replace(/^.*\./, '').toLowerCase()];
  if (reader === undefined) throw new Error(`must end in ${Object.keys(READERS).map((end) => `.${end}`).join(', ')}`);
  if (source.length > MOST_CHARACTERS) {
    throw new Error(`has ${source.length} characters, and each virtual user gets a copy: keep it below ${MOST_CHARACTERS}`);
  }
  const text = source.replace(/^\uFEFF/, '');
  const noCharacter = text.indexOf('\uFFFD');
  if (noCharacter >= 0) throw broken(text.slice(0, noCharacter).split('\n').length, 'it has a character that is no UTF-8; save the file as UTF-8');
  const rows = reader(text);
  if (rows.length === 0) throw new Error('has no row: write one for each item');
  return rows;
}

function ofCsv(text) {
  const [header, ...records] = recordsOf(text);
  if (header === undefined) throw new Error('is empty: write a header, and a row for each item');
  header.values.forEach((name, i) => {
    if (!/^\w+$/.test(name)) throw broken(header.line, `no {name} can be "${name}"; use letters, digits and _`);
    if (header.values.indexOf(name) < i) throw broken(header.line, `"${name}" stands there twice`);
  });
  return records.map(({ line, values }) => {
    if (values.length !== header.values.length) {
      throw broken(line, `it has ${values.length} ${values.length === 1 ? 'value' : 'values'}, and the header ${header.values.length}`);
    }
    return Object.fromEntries(header.values.map((name, i) => [name, values[i]]));
  });
}

/** The records of CSV, each with the line that it begins in; an empty line is none. */
function recordsOf(text) {
  const records = [];
  let lines = /** @type {string[]} */ ([]);
  let quotes = 0;
  let line = 1;
  for (const part of text.split('\n')) {
    lines.push(part);
    quotes += part.split('"').length - 1;
    // Within quotes a line break belongs to the value.
    if (quotes % 2 === 1) continue;
    const record = lines.join('\n').replace(/\r$/, '');
    if (record !== '') records.push({ line, values: valuesOf(record, line) });
    line += lines.length;
    lines = [];
  }
  if (lines.length > 0) throw oddQuote(line);
  return records;
}

function valuesOf(record, line) {
  const value = new RegExp(VALUE, 'y');
  const values = [];
  for (;;) {
    const found = value.exec(record);
    if (found === null) throw oddQuote(line);
    const [, quoted, plain, end] = found;
    values.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') return values;
  }
}

function ofJsonLines(text) {
  const lines = text.split('\n').map((json, i) => ({ json, line: i + 1 })).filter(({ json }) => json.trim() !== '');
  if (lines.length === 0) throw new Error('is empty: write an object of JSON in each line');
  const rows = lines.map(({ json, line }) => ({ line, values: objectOf(json, line) }));
  const names = Object.keys(rows[0].values);
  for (const { line, values } of rows) {
    const missing = names.find((name) => values[name] === undefined);
    if (missing !== undefined) throw broken(line, `it has no "${missing}", and line ${rows[0].line} has`);
    const other = Object.keys(values).find((name) => !names.includes(name));
    if (other !== undefined) throw broken(line, `it has "${other}", and line ${rows[0].line} has not`);
  }
  return rows.map(({ values }) => values);
}

function objectOf(json, line) {
  let value;
  try {
    value = JSON.parse(json);
  } catch (noJson) {
    value = undefined;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw broken(line, 'it is no object of JSON');
  return value;
}

function oddQuote(line) {
  return broken(line, 'a quote in it is not closed, or has text beside it; write a quote inside a value twice');
}

function broken(line, why) {
  return new Error(`is broken at line ${line}: ${why}`);
}
