export default function () {
  const steps = { async *all() {} };
  console.log(steps);
}
