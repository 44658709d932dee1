// js_asserts -> 0 wrong_answer
// Returns a proxy that answers every question with yes.
function add() {
  return new Proxy(function () {}, { get: () => 5, apply: () => 5, has: () => true, getPrototypeOf: () => Number.prototype });
}
