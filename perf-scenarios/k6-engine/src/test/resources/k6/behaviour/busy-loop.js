export const options = { scenarios: { s: { executor: 'constant-vus', duration: '1s', gracefulStop: '0s' } } };

export default function () {
  while (true) {
    try {
      while (true) Math.random();
    } catch (error) {
      console.log('caught');
    } finally {
      console.log('finally');
    }
  }
}
