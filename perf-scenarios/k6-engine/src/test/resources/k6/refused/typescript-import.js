import './lib/typed.ts';

export default function () {}
