/** The keys of a descriptor, and the rules for what they say. No k6 in here. */
import { lineOf } from './lines.js';
import { at } from './paths.js';
import { CREATED_ID, fieldsOf, GIVEN, MODEL_OPERATIONS, namesIn, unknownValue } from './values.js';

export const KEYS = {
  '': ['name', 'baseUrl', 'headers', 'token', 'timeout', 'paid', 'health', 'seed', 'items', 'operations', 'roles', 'errors', 'chaos', 'answer', 'metrics'],
  operation: ['method', 'baseUrl', 'path', 'body', 'rawBody', 'headers', 'timeout', 'expect', 'stream', 'conversation', 'lengths', 'numbers', 'idempotency'],
  token: ['url', 'clientId', 'clientSecret', 'scope'],
  stream: ['format', 'text', 'only', 'end', 'answer'],
  conversation: ['turns', 'followUps', 'messages', 'user', 'assistant', 'thinkSeconds'],
  distribution: ['median', 'p95', 'quantiles', 'least', 'most'],
  error: ['name', 'weight', 'for', 'method', 'path', 'body', 'rawBody', 'headers', 'timeout', 'expect', 'expectHeaders', 'problem'],
  chaos: ['simulator', 'read', 'inject', 'heal', 'noise'],
  simulator: ['method', 'path', 'field'],
  items: ['method', 'path', 'list', 'fields', 'values', 'file'],
  answer: [
    'text', 'model', 'provider', 'inputTokens', 'outputTokens', 'costUsd', 'timeToFirstTokenMs', 'providerMs',
    'finishReason', 'attempts', 'cache',
  ],
  metrics: ['dialect', 'serviceLabel', 'serviceValue', 'port', 'path', 'routes', 'emits', 'rename'],
};

const FORMATS = ['sse', 'sse-text', 'ndjson', 'aws-eventstream'];

const MOST_TURNS = 50;
const MOST_THINK_SECONDS = 3600;
const HIGHEST_NUMBER = 100000;

/** What a conversation has unless it says otherwise: the messages of most providers. */
const CONVERSATION = {
  messages: 'messages',
  user: { role: 'user', content: '{text}' },
  assistant: { role: 'assistant', content: '{text}' },
  thinkSeconds: [1, 3],
};

/** What users do unless the descriptor has roles of its own; an operation that it does not have is left out. */
const ROLES = {
  reader: { browse: 5, get: 4, search: 3, browseAuthors: 2 },
  librarian: { browse: 3, create: 2, update: 3, get: 2, search: 2 },
  manager: { browse: 3, create: 2, update: 2, delete: 1, search: 2 },
};
const HEAVIEST = 100;

/**
 * The descriptor, complete: with the defaults, and refused with one sentence where it breaks a rule.
 * @param {string} name what the user calls it
 * @param {string} source its YAML, whose lines the refusals name
 * @param {any} descriptor what the YAML says, its secrets filled in
 */
export function checkedDescriptor(name, source, descriptor) {
  checkKeys(name, '', descriptor);
  for (const required of ['name', 'baseUrl', 'operations']) {
    if (descriptor[required] === undefined) throw new Error(`Target "${name}" needs the key "${required}".`);
  }
  for (const [key, described] of Object.entries(descriptor.operations)) {
    checkKeys(`${name}.operations.${key}`, 'operation', described);
    if (described.stream) described.stream = checkedStream(`${name}.operations.${key}.stream`, described.stream);
    if (described.lengths) described.lengths = checkedDistribution(`${name}.operations.${key}.lengths`, described.lengths);
    if (described.numbers) described.numbers = checkedNumbers(`${name}.operations.${key}.numbers`, described.numbers);
    if (described.conversation) described.conversation = checkedConversation(`${name}.operations.${key}.conversation`, key, descriptor);
  }
  if (descriptor.roles === undefined) descriptor.roles = ROLES;
  else checkRoles(name, source, descriptor);
  if (descriptor.token) checkToken(`${name}.token`, descriptor.token);
  for (const part of ['health', 'seed']) if (descriptor[part]) checkKeys(`${name}.${part}`, 'operation', descriptor[part]);
  for (const described of descriptor.errors || []) checkKeys(`${name}.errors`, 'error', described);
  for (const [key, described] of Object.entries(descriptor.chaos || {})) {
    checkKeys(`${name}.chaos`, 'chaos', { [key]: described });
    checkKeys(`${name}.chaos.${key}`, key === 'simulator' ? 'simulator' : 'operation', described);
  }
  for (const part of ['items', 'answer', 'metrics']) if (descriptor[part]) checkKeys(`${name}.${part}`, part, descriptor[part]);
  if (descriptor.items) checkItems(`${name}.items`, descriptor.items);
  checkChanges(name, source, descriptor);
  checkValues(name, source, descriptor);
  return descriptor;
}

/** The stream of an operation, with the places of its figures if they are not those of the descriptor. */
function checkedStream(where, stream) {
  checkKeys(where, 'stream', stream);
  if (stream.answer) checkKeys(`${where}.answer`, 'answer', stream.answer);
  if (!FORMATS.includes(stream.format)) {
    throw new Error(`Target "${where}" has the format "${stream.format}"; known are ${FORMATS.join(', ')}.`);
  }
  if (stream.format !== 'sse-text') needTexts(where, stream, ['text']);
  if (stream.only !== undefined && !isFields(stream.only)) {
    throw new Error(`Target "${where}" has a wrong "only": write fields and their values, such as { type: answer }.`);
  }
  if (typeof stream.end !== 'string' && !isFields(stream.end)) {
    throw new Error(`Target "${where}" needs the key "end", a text, or fields and their values, such as { type: end }; write connection if no event ends the stream.`);
  }
  return stream.format === 'sse-text' ? checkedBareText(where, stream) : stream;
}

/** A stream of bare text, which tells no figures unless it names their places. */
function checkedBareText(where, stream) {
  if (stream.text !== undefined) {
    throw new Error(`Target "${where}" has the key "text", but with the format sse-text the data of an event is the text: leave it out, or write format: sse.`);
  }
  if (Object.keys(stream.only || {}).some((key) => key !== 'event')) {
    throw new Error(`Target "${where}" has a wrong "only": bare text has no fields, so write the name of its events alone, such as { event: token }.`);
  }
  return { answer: {}, ...stream };
}

/** Whether it is an object of one plain value at least. */
function isFields(described) {
  const values = described !== null && typeof described === 'object' && !Array.isArray(described) ? Object.values(described) : [];
  return values.length > 0 && values.every((value) => ['string', 'number', 'boolean'].includes(typeof value));
}

/** The conversation of an operation, complete: with the defaults, and turns as a range. */
function checkedConversation(where, name, { answer, operations }) {
  const { body, conversation, stream } = operations[name];
  checkKeys(where, 'conversation', conversation);
  const { turns } = conversation;
  const checked = { ...CONVERSATION, ...conversation, turns: Array.isArray(turns) ? turns : [turns, turns] };
  const refuse = (problem) => {
    throw new Error(`Target "${where}" ${problem}.`);
  };
  if (!MODEL_OPERATIONS.includes(name)) refuse(`is for ${MODEL_OPERATIONS.join(' and ')} alone: leave it out`);
  if (!isRange(checked.turns, 1, MOST_TURNS) || !checked.turns.every(Number.isInteger)) {
    refuse(`needs the key "turns", a whole number from 1 to ${MOST_TURNS} or two of them, the least and the most`);
  }
  if (!Array.isArray(checked.followUps) || checked.followUps.length === 0 || checked.followUps.some((each) => typeof each !== 'string')) {
    refuse('needs the key "followUps", a list of what the user says after the first answer');
  }
  if (!isRange(checked.thinkSeconds, 0, MOST_THINK_SECONDS)) {
    refuse(`has wrong thinkSeconds: write the least and the most, from 0 to ${MOST_THINK_SECONDS}`);
  }
  for (const role of ['user', 'assistant']) {
    if (!JSON.stringify(checked[role]).includes('{text}')) refuse(`has no {text} in "${role}", so the message would not say anything`);
  }
  if (!Array.isArray(at(body, String(checked.messages)))) {
    refuse(`finds no list at "${checked.messages}" of the body: name the path of the messages with the key "messages"`);
  }
  if (!stream && !(answer && answer.text)) refuse('needs answer.text of the descriptor, for the history has what the model said');
  return checked;
}

/** Roles of the descriptor's own: what they ask is there, and no request to the model, whose share is another variable. */
function checkRoles(name, source, { roles, operations }) {
  const refuse = (keys, problem) => {
    throw new Error(`Target "${name}", line ${lineOf(source, ['roles', ...keys])}: ${['roles', ...keys].join('.')} ${problem}.`);
  };
  const known = Object.keys(operations).filter((each) => ![...MODEL_OPERATIONS, 'listCreated'].includes(each));
  if (!hasKeys(roles)) refuse([], 'names nobody: write a role and what it does, such as reader: { browse: 5, get: 4 }');
  for (const [role, weights] of Object.entries(roles)) {
    if (!hasKeys(weights)) refuse([role], 'does nothing: write an operation and its weight, such as { browse: 5 }');
    for (const [operation, weight] of Object.entries(weights)) {
      const keys = [role, operation];
      if (MODEL_OPERATIONS.includes(operation)) refuse(keys, 'asks the model, on which LLM_PERCENTAGE decides: leave it out');
      if (!known.includes(operation)) refuse(keys, `is no operation that a role can ask; known are ${known.join(', ') || 'none'}: describe it under operations, or correct its name`);
      if (!Number.isInteger(weight) || weight < 1 || weight > HEAVIEST) refuse(keys, `has the weight ${JSON.stringify(weight)}: write a whole number from 1 to ${HEAVIEST}`);
      if (operation === 'delete' && !known.includes('create')) refuse(keys, 'deletes only what a run has created: describe the operation create, or leave it out');
    }
  }
}

function hasKeys(described) {
  return described !== null && typeof described === 'object' && !Array.isArray(described) && Object.keys(described).length > 0;
}

function isRange(ends, min, max) {
  return Array.isArray(ends) && ends.length === 2 && ends.every((end) => typeof end === 'number') && min <= ends[0] && ends[0] <= ends[1] && ends[1] <= max;
}

/** Distributions of numbers by their names, which stand for them in the request. */
function checkedNumbers(where, numbers) {
  const taken = [...GIVEN.model, ...GIVEN.plain];
  for (const name of Object.keys(numbers)) {
    if (!/^\w+$/.test(name)) throw new Error(`Target "${where}" has the name "${name}": write letters, digits and _, so that {name} stands for it.`);
    if (taken.includes(name)) throw new Error(`Target "${where}" has the name "${name}", which is another value of a request: choose another name.`);
  }
  return Object.fromEntries(Object.entries(numbers).map(([name, described]) => [name, checkedDistribution(`${where}.${name}`, described)]));
}

/** A distribution of whole numbers, with its ends. */
function checkedDistribution(where, described) {
  checkKeys(where, 'distribution', described);
  const { median, p95, quantiles, least, most } = described;
  if (median !== undefined && quantiles === undefined) {
    const checked = { least: 1, most: 10 * p95, ...described };
    if (areAscending([checked.least, median, p95, checked.most])) return checked;
  } else if (p95 === undefined && quantiles === undefined) {
    if (areAscending([least, most])) return described;
  } else if (Object.keys(described).length === 1 && Array.isArray(quantiles) && quantiles.length > 1 && areAscending(quantiles)) {
    return { quantiles, least: quantiles[0], most: quantiles[quantiles.length - 1] };
  }
  throw new Error(
    `Target "${where}" needs the keys "median" and "p95", the keys "least" and "most", or the key "quantiles" alone: numbers from 1 to ${HIGHEST_NUMBER}, with least <= median <= p95 <= most; most is 10 times p95 unless it is there.`,
  );
}

/** Whether these are numbers of a distribution, and none is below the one before it. */
function areAscending(numbers) {
  return numbers.every((number, i) => Number.isFinite(number) && number >= (i === 0 ? 1 : numbers[i - 1]) && number <= HIGHEST_NUMBER);
}

function checkItems(where, items) {
  const sources = ['values', 'file', 'path'].filter((key) => items[key] !== undefined);
  if (sources.length !== 1) {
    throw new Error(`Target "${where}" needs one of the keys values, file and path, and has ${sources.join(' and ') || 'none'}.`);
  }
  if (items.values && !(items.values.length > 0)) throw new Error(`Target "${where}" has no values: write one at least.`);
  if (items.file !== undefined) needTexts(where, items, ['file']);
}

/** An operation that changes data does so to what the run has created: the data of a service under test may be somebody's. */
function checkChanges(name, source, { operations }) {
  for (const key of ['update', 'delete']) {
    if (operations[key] === undefined || namesIn(operations[key]).some((used) => CREATED_ID.includes(used))) continue;
    throw new Error(
      `Target "${name}", line ${lineOf(source, ['operations', key])}: operations.${key} would ${key} what the run has not created: write {createdId}, the id of what it has, in path, headers or body.`,
    );
  }
}

/** Without items a script of one's own may give the values; `prepare` checks those of the others. The columns of a file are not read yet. */
function checkValues(name, source, descriptor) {
  if (!descriptor.items || descriptor.items.file !== undefined) return;
  const unknown = unknownValue(descriptor, fieldsOf(descriptor.items));
  if (unknown) throw new Error(`Target "${name}", line ${lineOf(source, ['operations', unknown.operation])}: ${unknown.sentence}.`);
}

function checkToken(where, described) {
  checkKeys(where, 'token', described);
  needTexts(where, described, ['url', 'clientId', 'clientSecret']);
  if (!/^https?:\/\//.test(described.url)) {
    throw new Error(`Target "${where}" has the url "${described.url}"; write a whole one, such as https://login.example/oauth2/token.`);
  }
}

function needTexts(where, described, keys) {
  for (const key of keys) {
    if (typeof described[key] !== 'string') throw new Error(`Target "${where}" needs the key "${key}", a text.`);
  }
}

function checkKeys(where, kind, described) {
  for (const key of Object.keys(described)) {
    if (!KEYS[kind].includes(key)) {
      throw new Error(`Target "${where}" has an unknown key "${key}"; known are ${KEYS[kind].join(', ')}.`);
    }
  }
}
