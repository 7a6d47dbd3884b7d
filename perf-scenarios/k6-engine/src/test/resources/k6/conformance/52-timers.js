export default function () {
  const order = [];
  const fired = setTimeout(() => {
    order.push('first');
    clearTimeout(fired);
    setTimeout(() => clearTimeout(fired), 1);
  }, 1);
  const ticks = setInterval(() => {
    order.push('tick');
    if (order.length === 3) clearInterval(ticks);
  }, 20);
  setTimeout(() => console.log(order.join()), 100);
}
