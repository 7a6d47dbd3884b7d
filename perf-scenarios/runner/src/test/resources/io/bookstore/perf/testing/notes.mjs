/**
 * A notebook's assistant by the habits of Node: NestJS's statuses and errors, a line of JSON for each event of a stream, metrics
 * as prom-client names them. It needs nothing but Node: node notes.mjs PORT [DEFECT…]
 */
import http from 'node:http';

const REPLY =
  'Emma Woodhouse, handsome, clever and rich, makes matches for her friends in a village south of London. Each of them fails, ' +
  'until she finds out that she has understood neither their hearts nor her own.';
const PIECES = REPLY.match(/\S+\s*/g);
const USAGE = { promptTokens: 21, completionTokens: 42 };
const PIECE_MS = 40;
// So long that the time in which a busy client reads all pieces at once is short beside it.
const COLLECTED_PIECE_MS = 150;
const LEAKED_CONNECTIONS = 8;

const [port, ...planted] = process.argv.slice(2);
const has = (defect) => planted.includes(defect);
let asked = 0;

http
  .createServer(async (request, response) => {
    const { method, url } = request;
    let body = '';
    for await (const chunk of request) body += chunk;
    if (url === '/healthz') send(response, 200, 'text/plain', 'ok');
    else if (url === '/metrics') send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', metrics());
    else if (method === 'POST' && (url === '/ask' || url === '/ask/stream')) ask(body, url === '/ask' ? reply : stream, response);
    else if (has('single-page-fallback')) send(response, 200, 'text/html', '<!doctype html><div id="app"></div>');
    else fail(response, 404, 'Not Found', `Cannot ${method} ${url}`);
  })
  .listen(Number(port), '127.0.0.1');

function ask(body, answer, response) {
  let question;
  try {
    ({ question } = JSON.parse(body));
  } catch (broken) {
    if (has('errors-as-html')) send(response, 400, 'text/html; charset=utf-8', `<!DOCTYPE html><pre>SyntaxError: ${broken.message}</pre>`);
    else fail(response, 400, 'Bad Request', broken.message);
    return;
  }
  asked += 1;
  if (typeof question !== 'string') fail(response, 400, 'Bad Request', ['question must be a string']);
  else if (has('leaked-connections') && asked > LEAKED_CONNECTIONS) {
    response.setHeader('Retry-After', '5');
    fail(response, 503, 'Service Unavailable', 'No connection is left in the pool');
  } else answer(response);
}

function reply(response) {
  const usage = has('tokens-as-texts') ? { promptTokens: '21', completionTokens: '42' } : USAGE;
  const failed = has('failures-as-201') && asked === 2;
  const answer = failed ? { success: false, reply: 'Something went wrong. Please try again in a few minutes.' } : { reply: REPLY };
  send(response, 201, 'application/json; charset=utf-8', JSON.stringify({ ...answer, model: 'gpt-4o-mini', usage }));
}

/** Steps, thoughts and the answer have their text at one path; an empty line keeps the connection alive. */
function stream(response) {
  const lines = [
    { type: 'step', delta: 'search' },
    { type: 'thought', delta: 'They ask about a novel. ' },
    null,
    ...PIECES.map((delta) => ({ type: 'answer', delta })),
    ...(has('stream-without-end') ? [] : [{ type: 'end', finish: 'stop', usage: USAGE }]),
  ].map((event) => (event === null ? '\n' : `${JSON.stringify(event)}\n`));
  response.writeHead(201, { 'Content-Type': 'application/x-ndjson' });
  let collected = '';
  const timer = setInterval(() => {
    const line = lines.shift();
    if (line === undefined) {
      clearInterval(timer);
      response.end(collected);
    } else if (has('collected-stream')) collected += line;
    else response.write(line);
  }, has('collected-stream') ? COLLECTED_PIECE_MS : PIECE_MS);
  response.on('close', () => clearInterval(timer));
}

function metrics() {
  const [name, labels] = has('default-buckets')
    ? ['gen_ai_client_operation_duration_seconds', 'gen_ai_operation_name="chat",gen_ai_provider_name="openai"']
    : ['notes_model_duration_seconds', 'model="gpt-4o-mini"'];
  const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, '+Inf'];
  return [
    `# TYPE ${name} histogram`,
    ...buckets.map((bound) => `${name}_bucket{le="${bound}",${labels}} ${asked}`),
    `${name}_sum{${labels}} ${asked * 0.004}`,
    `${name}_count{${labels}} ${asked}`,
    '# TYPE notes_tokens_total counter',
    `notes_tokens_total{kind="completion"} ${asked * USAGE.completionTokens}`,
    '',
  ].join('\n');
}

function fail(response, statusCode, error, message) {
  send(response, statusCode, 'application/json; charset=utf-8', JSON.stringify({ message, error, statusCode }));
}

function send(response, status, type, body) {
  response.writeHead(status, { 'Content-Type': type, 'X-Powered-By': 'Express' });
  response.end(body);
}
