/** The values `{name}` of a descriptor's operations: which are used, and which are given. No k6 in here. */

export const MODEL_OPERATIONS = ['summary', 'streamedSummary'];
const PLAIN_OPERATIONS = ['browse', 'browseAuthors', 'get', 'search', 'create', 'update', 'delete'];

/** The names of the id of what the run has created; {bookId} may be an item's too. */
export const CREATED_ID = ['createdId', 'bookId'];

/** The values that operations get besides those of the item. */
export const GIVEN = {
  model: ['requestId', 'refresh', 'description', 'prose'],
  plain: ['newTitle', 'newIsbn', 'price', 'stock', 'genre', 'description', 'word', ...CREATED_ID, 'prose'],
};

/** The names in what a described request sends. */
export function namesIn({ path, headers, body, rawBody }) {
  return placeholders([path, headers, body, rawBody]);
}

/**
 * The names that each item has; of those that a service lists, what the descriptor takes of them.
 * @param {any} items
 */
export function fieldsOf({ fields, values = [{}] }) {
  return fields ? Object.keys(fields) : Object.keys(values[0] || {}).filter((field) => values.every((value) => value && value[field] !== undefined));
}

/**
 * The first value that an operation of the scenarios uses and does not get; undefined if each gets all.
 * @param {any} target
 * @param {string[]} fields the names that an item has
 */
export function unknownValue({ headers, operations, roles }, fields) {
  const plain = [...PLAIN_OPERATIONS, .../** @type {any[]} */ (Object.values(roles)).flatMap((weights) => Object.keys(weights))];
  for (const [operation, described] of Object.entries(operations)) {
    const ofModel = MODEL_OPERATIONS.includes(operation);
    // A script of one's own may give other values to operations of its own.
    if (!ofModel && !plain.includes(operation)) continue;
    const { baseUrl, conversation = {}, lengths, numbers = {} } = described;
    const isGiven = (value) => {
      if (value === 'prose') return lengths !== undefined;
      // Nobody asks for `delete` without `create`.
      return !CREATED_ID.includes(value) || operation === 'delete' || (operation !== 'create' && operations.create !== undefined);
    };
    const known = [...fields, ...(ofModel ? GIVEN.model : GIVEN.plain).filter(isGiven), ...Object.keys(numbers)];
    const value = [...placeholders([headers, baseUrl, conversation.followUps]), ...namesIn(described)].find((name) => !known.includes(name));
    if (value !== undefined) return { operation, value, sentence: sentence(operation, value, fields) };
  }
  return undefined;
}

function sentence(operation, value, fields) {
  const items = fields.length > 0 ? `an item has ${fields.join(', ')}` : 'there are no items with values';
  return `the operation ${operation} uses {${value}}, which it does not get: ${items}; correct the name, or give it to the items`;
}

function placeholders(parts) {
  return [...JSON.stringify(parts).matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}
