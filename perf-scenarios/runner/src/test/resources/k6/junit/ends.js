// Ends the way that HOW says.
import http from 'k6/http';
import exec from 'k6/execution';
import { sleep } from 'k6';

const how = __ENV.HOW;
if (how === 'script error') {
  throw new Error('no books today');
}

export const options = {
  iterations: how === 'invalid options' ? -1 : 2,
  setupTimeout: how === 'slow setup' ? '300ms' : '120s',
  teardownTimeout: how === 'slow teardown' ? '300ms' : '120s',
  thresholds: {
    http_reqs: [how === 'crossed' || how === 'both crossed' ? 'count>100' : 'count==2'],
    iterations: [how === 'both crossed' ? 'count<1' : 'count==2'],
  },
};

export function setup() {
  if (how === 'slow setup') {
    sleep(600);
  }
}

export default function () {
  if (how === 'aborted') {
    exec.test.abort('the data is gone');
  }
  if (how === 'marked as failed') {
    exec.test.fail('one book was wrong');
  }
  http.get(`${__ENV.BASE_URL}/health`);
}

export function teardown() {
  if (how === 'slow teardown') {
    sleep(600);
  }
}
