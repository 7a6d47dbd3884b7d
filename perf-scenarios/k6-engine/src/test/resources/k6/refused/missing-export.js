import { sleep, slumber } from 'k6';

export default function () {}
