export const options = {
  scenarios: {
    ramp: { executor: 'ramping-vus', startVUs: 1, stages: [{ duration: '2s', target: 3 }] },
  },
};

if (__VU === 3) throw new Error('the third stays away');

export default function () {
  console.log('ran');
}
