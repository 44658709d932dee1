// call -> 0 wrong_answer
// The same, to the host.
function add() {
  return new Proxy({}, { get: () => 5, ownKeys: () => [], getPrototypeOf: () => Object.prototype });
}
