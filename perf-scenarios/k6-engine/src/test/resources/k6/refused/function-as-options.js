export const options = () => ({});

export default function () {
  console.log('ran');
}
