// js_check -> 0 wrong_answer
// Defines `check`, which the tests define.
function check() {}
function add() {
  return 0;
}
