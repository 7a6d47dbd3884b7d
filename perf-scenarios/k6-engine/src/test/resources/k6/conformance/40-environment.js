export const options = { vus: 2, duration: '240s' };

export default function () {}
