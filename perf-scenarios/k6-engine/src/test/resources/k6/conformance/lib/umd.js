// As a bundler writes it: no import, no export, whichever loader there is.
!(function (root, factory) {
  'object' == typeof exports && 'object' == typeof module
    ? (module.exports = factory(require('k6/crypto'), require('./common.js')))
    : 'function' == typeof define && define.amd
      ? define([], factory)
      : (root.umd = factory());
})(this, function (crypto, common) {
  return { hash: (text) => crypto.md5(text, 'hex'), twice: (text) => common.join(text, text), delete: () => 'deleted' };
});
