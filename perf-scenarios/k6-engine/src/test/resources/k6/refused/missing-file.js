import { something } from './lib/gone.js';

export default function () {}
