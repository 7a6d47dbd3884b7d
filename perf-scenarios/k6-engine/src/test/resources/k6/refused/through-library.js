import './lib/needs-extension.js';

export default function () {}
