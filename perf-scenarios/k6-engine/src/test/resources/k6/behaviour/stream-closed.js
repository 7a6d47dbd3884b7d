import http from 'k6/http';
import sse from 'k6/x/sse';

export const options = { iterations: 1 };

export default function () {
  let seen = 0;
  const response = sse.open(`${__ENV.BASE}/endless`, { timeout: '300s' }, (client) => {
    client.on('event', () => {
      if (++seen === 3) client.close();
    });
  });
  console.log(`${response.status} ${seen} '${response.error}'`);
  console.log(http.get(`${__ENV.BASE}/gone`, { timeout: '300s' }).status);
}
