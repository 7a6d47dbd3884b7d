const http = require('k6/http');

export default function () {}
