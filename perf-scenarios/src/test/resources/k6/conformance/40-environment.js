export const options = { vus: 2, duration: '20s' };

export default function () {}
