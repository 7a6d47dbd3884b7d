import { read } from './api.js';
import { element, moveByArrows } from './dom.js';
import { count, dollars, time, tokens } from './format.js';

const COLUMNS = [
  ['Conversation', ''],
  ['Last call', ''],
  ['Calls', 'number'],
  ['Failed', 'number'],
  ['Models', 'wide'],
  ['Tokens in → out', 'number'],
  ['Cost', 'number'],
];

/** The conversations of the calls that are held; a link shows the calls of one. */
export async function conversationsView(main, page) {
  page.title('Conversations');
  const { conversations } = await read('api/conversations');
  const status = await read('api/status');
  page.fill(status.ring);
  page.state(`as of ${time(Date.now())}`, true);
  main.replaceChildren(
    conversations.length > 0
      ? table(conversations)
      : element('p', { class: 'empty' }, 'No call names its conversation: the attribute is gen_ai.conversation.id or session.id.'),
  );
  return () => {};
}

function table(conversations) {
  const head = COLUMNS.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name));
  return element(
    'table',
    { onkeydown: (event) => moveByArrows(event, 'tbody a') },
    element('caption', {}, 'Conversations, that of the newest call first; sums of the calls that tell their figures'),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...conversations.map(row)),
  );
}

function row(conversation) {
  const link = element('a', { href: `#/calls?${new URLSearchParams({ conversation: conversation.id })}` }, conversation.id);
  const cells = [
    link,
    time(conversation.lastMs),
    count(conversation.calls),
    count(conversation.failed),
    conversation.models.join(', '),
    tokens(conversation),
    dollars(conversation.costUsd),
  ];
  return element('tr', { onclick: ({ target }) => target === link || link.click() }, ...cells.map((cell, i) => element('td', { class: COLUMNS[i][1] }, cell)));
}
