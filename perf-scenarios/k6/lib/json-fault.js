/** Why an answer that looks like JSON is none. No k6 in here. */

/**
 * The reason as the end of a sentence, with "it" for the body. Null for a body that is JSON, and for one that does not begin as an
 * object or a list does.
 *
 * @param {string} body
 */
export function jsonFault(body) {
  if (body.charCodeAt(0) === 0xfeff) {
    return jsonFault(body.slice(1)) ?? 'it begins with a byte order mark, which JSON must not have (RFC 8259, section 8.1)';
  }
  if (!/^\s*[{[]/.test(body) || isJson(body)) {
    return null;
  }
  const { code, whole } = withoutTexts(body);
  const number = /-?\bInfinity\b|\bNaN\b/.exec(code);
  if (number !== null) {
    return `it has ${number[0]} in line ${lineOf(body, number.index)}, a number that JSON does not have`;
  }
  const comma = /,\s*([}\]])/.exec(code);
  if (comma !== null) {
    return `it has a comma before ${comma[1]} in line ${lineOf(body, comma.index)}`;
  }
  if (!whole) {
    return `it ends in the middle, after ${body.length} characters`;
  }
  const quote = code.indexOf("'");
  return quote < 0 ? 'it is broken' : `it has ' in place of " in line ${lineOf(body, quote)}`;
}

function isJson(body) {
  try {
    JSON.parse(body);
    return true;
  } catch (broken) {
    return false;
  }
}

/** The body with an x for each character of its texts, and whether every text, object and list in it ends. */
function withoutTexts(body) {
  let code = '';
  let open = 0;
  let inText = false;
  for (let i = 0; i < body.length; i++) {
    const character = body[i];
    if (inText && character === '\\') {
      code += 'xx';
      i++;
    } else if (character === '"') {
      inText = !inText;
      code += '"';
    } else {
      code += inText ? 'x' : character;
      open += inText ? 0 : { '{': 1, '[': 1, '}': -1, ']': -1 }[character] ?? 0;
    }
  }
  return { code, whole: open <= 0 && !inText };
}

function lineOf(body, index) {
  return body.slice(0, index).split('\n').length;
}
