const http = require('k6/http');
const { check } = require('k6');
const { join } = require('./lib/common.js');

exports.options = { iterations: 2 };

exports.setup = function () {
  return join('set', 'up');
};

exports.default = function (data) {
  check(http, { 'has get': (h) => typeof h.get === 'function' });
  console.log(data);
};
