throw new Error('no init today');

export default function () {}
