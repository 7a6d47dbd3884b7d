import { read } from './api.js';
import { element } from './dom.js';
import { count, dollars, time, tokens } from './format.js';
import { WindowedTable } from './windowed.js';

const COLUMNS = [
  ['Conversation', ''],
  ['Last call', 'time'],
  ['Calls', 'number'],
  ['Failed', 'number'],
  ['Models', 'wide'],
  ['Tokens in → out', 'number tokens'],
  ['Cost', 'number'],
];

/** The conversations of the calls that are held; a link shows the calls of one. */
export async function conversationsView(main, page) {
  page.title('Conversations');
  const { conversations } = await read('api/conversations');
  const status = await read('api/status');
  page.fill(status.ring);
  page.state(`as of ${time(Date.now())}`, true);
  if (conversations.length === 0) {
    main.replaceChildren(element('p', { class: 'empty' }, 'No call names its conversation: the attribute is gen_ai.conversation.id or session.id.'));
    return () => {};
  }
  const list = new WindowedTable({
    name: 'conversations',
    caption: 'Conversations, that of the newest call first; sums of the calls that tell their figures',
    columns: COLUMNS,
    key: ({ id }) => id,
    cells: conversationCells,
  });
  main.replaceChildren(list.frame);
  list.show(conversations);
  return () => list.close();
}

function conversationCells(conversation) {
  return [
    element('a', { href: `#/calls?${new URLSearchParams({ conversation: conversation.id })}` }, conversation.id),
    time(conversation.lastMs),
    count(conversation.calls),
    count(conversation.failed),
    conversation.models.join(', '),
    tokens(conversation),
    dollars(conversation.costUsd),
  ];
}
