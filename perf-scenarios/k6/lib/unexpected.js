/** The sentence about a service that is not the one that a descriptor describes. No k6 in here. */

/** The words that the sentence begins with: llm-perf knows it by them. */
const BEGIN = 'Unexpected answer of';

/**
 * What was asked, what came, what was expected, and the remedy.
 * @param {any} target
 * @param {{method?: string, path: string}} asked
 * @param {any} response
 * @param {string} expected
 */
export function unexpectedAnswer(target, asked, response, expected) {
  const came = response.status === 0 ? `had no answer (${response.error})` : `answered ${response.status}${content(response)}`;
  return sentence(target, asked, came, expected, remedy(target.name, response.status));
}

/** The same of a list without an entry. */
export function emptyAnswer(target, asked) {
  return sentence(target, asked, 'answered an empty list', 'entries to work on', 'give the service its test data first');
}

/**
 * @param {any} target
 * @param {{method?: string, path: string}} asked
 * @param {string} came
 * @param {string} expected
 * @param {string} help
 */
function sentence({ name, baseUrl }, { method, path }, came, expected, help) {
  return `${BEGIN} ${name}: ${method || 'GET'} ${baseUrl}${path} ${came}, expected ${expected}: ${help}.`;
}

function content({ body, headers = {} }) {
  const type = headers['Content-Type'];
  if (typeof type === 'string') return ` with ${type.split(';')[0]}`;
  return body ? '' : ' without a body';
}

function remedy(name, status) {
  if (status === 401 || status === 403) return 'correct BASE_URL, or give the descriptor the headers or the token that the service asks for';
  if (status === 429 || status >= 500) return `wait until ${name} is ready, or read in its log why it is not`;
  return `start ${name} there, correct BASE_URL, or name the descriptor of another service with TARGET`;
}
