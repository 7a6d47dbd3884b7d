import http from 'k6/http';

export const options = { iterations: 2, [__ENV.OPTION || 'noConnectionReuse']: Boolean(__ENV.OPTION) };

export default function () {
  for (let i = 0; i < 2; i++) console.log(http.get(`${__ENV.BASE_URL}/echo`).json('connection'));
}
