/**
 * Who makes the n-th request of a mixed run, and whether it goes to the model.
 *
 * The users are a fixed population of 100; a virtual user acts for one after the other, so the shares hold whatever the
 * latencies are. In every 100 requests each user has a turn (unless few AI users must make most requests): exactly
 * `llmPercentage` requests go to the model, and exactly `aiUsers` of the users may send such a request.
 */
const POPULATION = 100;

// Near 100 times the golden ratio and coprime to 100: any stretch of a run, not only a whole hundred, has the right share.
const STEP = 61;

/** @returns {{id: number, ai: boolean, llm: boolean}} the user and whether this request is for the model */
export function visit(n, { llmPercentage, aiUsers }) {
  const slot = (n * STEP) % POPULATION;
  const round = Math.floor(n / POPULATION);
  if (slot < llmPercentage) return user((slot + round * llmPercentage) % aiUsers, aiUsers, true);

  // The turns left are for plain requests: first those AI users who have not had one, then everybody else.
  const turn = slot - llmPercentage;
  const idleAiUsers = Math.max(0, aiUsers - llmPercentage);
  if (turn < idleAiUsers) return user((turn + (round + 1) * llmPercentage) % aiUsers, aiUsers, false);
  const others = POPULATION - Math.max(aiUsers, llmPercentage);
  return user(aiUsers + ((turn - idleAiUsers + round * others) % (POPULATION - aiUsers)), aiUsers, false);
}

/** Stops a run that asks for the impossible, before it starts. */
export function checkShares({ llmPercentage, aiUsers }) {
  if (llmPercentage > 0 && aiUsers === 0) {
    throw new Error(`AI_USERS is 0, so nobody can make the ${llmPercentage} % of requests of LLM_PERCENTAGE: raise AI_USERS.`);
  }
}

/** The interval in which a share of `n` requests lies with 99 % probability, if each had probability `p`. */
export function binomialInterval(p, n) {
  const half = n > 0 ? 2.576 * Math.sqrt((p * (1 - p)) / n) : 1;
  return [Math.max(0, p - half), Math.min(1, p + half)];
}

function user(id, aiUsers, llm) {
  return { id, ai: id < aiUsers, llm };
}
