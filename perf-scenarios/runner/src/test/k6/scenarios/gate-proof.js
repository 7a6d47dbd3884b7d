/** Two hundred summaries as fast as four users ask for them, of a provider that answers at once; for GateProofTest. */
import exec from 'k6/execution';
import { summarize } from '../../../../../k6/lib/llm.js';
import { prepare } from '../../../../../k6/lib/prepare.js';

export const meta = {
  variables: {},
  modelPercent: 100,
  scenarios: {
    'gate-proof': { description: 'Two hundred summaries', users: [4], length: '5m', serviceEnv: { SIMULATOR_PROFILE: 'zero' } },
  },
};

export const options = {
  scenarios: { summaries: { executor: 'shared-iterations', vus: 4, iterations: 200, maxDuration: '5m' } },
};

export function setup() {
  return prepare();
}

export default function ({ items }) {
  const iteration = exec.scenario.iterationInTest;
  summarize(items[iteration % items.length], { requestId: `proof-${iteration}` });
}
