exports.broken = 1;
exports.needs = require('lodash');
