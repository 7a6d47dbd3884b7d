/** Conversations with the model: each turn is a request of its own, whose body has the turns before it with the answers that came. */
import { Trend } from 'k6/metrics';
import { leaveArrival } from './arrivals.js';
import { fill } from './client.js';
import { draw, whole } from './draw.js';
import { ask, conversation } from './llm.js';
import { DURATION_SCALE, SEED, think } from './load.js';

/** A conversation ends when its texts have more characters. */
const MOST_CHARACTERS = 1e6;

const turns = new Trend('llm_turns');

/**
 * Talks about `item` as the target's `conversation` says, or asks once where it has none. A turn that fails is the last one.
 * Seed and `requestId` alone decide on the turns, what the user says in them, and the pauses.
 *
 * @param {(response: any) => void} answered is told the response of each turn
 */
export function converse(item, values, answered = () => {}) {
  if (conversation === undefined) {
    answered(ask(item, values).response);
    return;
  }
  const drawn = (stream) => draw(SEED, values.requestId, stream);
  const { assistant, followUps, thinkSeconds, user } = conversation;
  const last = whole(conversation.turns, drawn('turns'));
  const first = whole([0, followUps.length - 1], drawn('follow-ups'));
  const history = [];
  let characters = 0;
  for (let turn = 1; ; turn++) {
    const { good, heard, response, text } = ask(item, { ...values, requestId: `${values.requestId}-turn-${turn}` }, history);
    answered(response);
    const followUp = fill(followUps[(first + turn) % followUps.length], item, String);
    characters += String(text).length + followUp.length;
    if (!good || !heard || turn === last || characters > MOST_CHARACTERS) {
      turns.add(good ? turn : turn - 1);
      return;
    }
    history.push(fill(assistant, { ...item, text }), fill(user, { ...item, text: followUp }));
    think(thinkSeconds, drawn(`pause ${turn}`));
    leaveArrival();
  }
}

/** The requests of a conversation on average, 1 where the target has none. */
export const meanTurns = conversation === undefined ? 1 : mean(conversation.turns);

/** The milliseconds of an average conversation whose answers take so long each, with the pauses between them. */
export function conversationMs(answerMs) {
  const pauseMs = conversation === undefined ? 0 : 1000 * mean(conversation.thinkSeconds) * DURATION_SCALE;
  return Math.ceil(meanTurns * answerMs + (meanTurns - 1) * pauseMs);
}

function mean([least, most]) {
  return (least + most) / 2;
}
