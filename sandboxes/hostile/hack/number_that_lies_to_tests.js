// js_asserts -> 0 wrong_answer
// The same, to tests.
function add() {
  return { valueOf: () => 5, toString: () => "5", [Symbol.toPrimitive]: () => 5, toJSON: () => 5 };
}
