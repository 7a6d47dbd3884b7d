import http from 'k6/http';

export default function () {
  const late = http.get(`${__ENV.BASE_URL}/hang`, { timeout: '1s' });
  console.log(late.status, late.error_code, late.error, late.body);
  const refused = http.get(__ENV.REFUSED);
  console.log(refused.status, refused.error_code, refused.error, refused.body);
  try {
    refused.json();
  } catch (error) {
    console.log('json() throws');
  }
}
