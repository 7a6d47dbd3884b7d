export const options = JSON.parse(__ENV.OPTIONS);

export default function () {
  console.log('ran');
}
