/** The words of a refusal. No k6 in here. */

const LONGEST = 200;

/** The detail of a problem document, the message of an error as providers write it, or the begin of the body. */
export function errorMessage({ status, body }) {
  const text = typeof body === 'string' ? body.trim() : '';
  const said = inJson(text) || text || `HTTP ${status} without a body`;
  return said.length > LONGEST ? `${said.slice(0, LONGEST - 1)}…` : said;
}

function inJson(text) {
  try {
    const { detail, title, message, error } = JSON.parse(text);
    return [detail, error && error.message, error, message, title].find((words) => typeof words === 'string' && words !== '');
  } catch (notJson) {
    return undefined;
  }
}
