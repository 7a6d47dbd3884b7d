exports.join = function (a, b) {
  return a + exports.glue + b;
};
exports.glue = '+';
