// A script of a user's own that sends ids as docs/records.md says, without the kit's lib.
import exec from 'k6/execution';
import http from 'k6/http';

export const options = { iterations: 3 };

export default function () {
  const id = `0af7651916cd43dd8448eb211c80319${__ITER}`;
  exec.vu.metrics.metadata.trace_id = id;
  http.get(`${__ENV.BASE_URL}/orders`, { headers: { traceparent: `00-${id}-b7ad6b7169203331-01` }, tags: { name: 'orders', operation_type: 'crud' } });
}
