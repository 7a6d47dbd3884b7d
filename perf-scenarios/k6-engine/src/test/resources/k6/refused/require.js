const ws = require('k6/ws');

export default function () {
  console.log(ws);
}
