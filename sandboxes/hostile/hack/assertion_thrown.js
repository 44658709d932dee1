// js_asserts -> 0 wrong_answer
// Throws what tests throw.
function add() {
  throw Object.assign(new Error("fine"), { name: "AssertionError" });
}
