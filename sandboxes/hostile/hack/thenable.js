// js_asserts -> 0 wrong_answer
// Returns what pretends to be a promise of the right answer, and takes the callbacks.
function add() {
  return { then: (resolve) => resolve(5), catch: () => {} };
}
