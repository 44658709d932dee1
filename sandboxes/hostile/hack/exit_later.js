// js_asserts -> 0 exit_before_check
// Leaves from a promise while the tests run.
function add() {
  return Promise.resolve().then(() => process.exit(0));
}
