import { check } from 'k6';

export default function () {
  console.log(check(1, { a: true, b: (v) => v === 2 }));
  try {
    check(1, {
      thrown: () => {
        throw new Error('inside');
      },
      after: true,
    });
  } catch (error) {
    console.log(`caught ${error.message}`);
  }
}
