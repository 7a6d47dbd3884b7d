Object.defineProperty(exports, '__esModule', { value: true });
exports.default = function greet(name) {
  return `hello ${name}`;
};
exports.version = 2;
