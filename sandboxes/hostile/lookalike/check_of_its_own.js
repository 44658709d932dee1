// js_check -> 1 correct
// Has a `check` and an `assert` of its own.
function check(x) {
  if (typeof x !== "number") throw new TypeError("no number");
  return x;
}
const assert = (ok) => ok;
function add(a, b) {
  assert(true);
  return check(a) + check(b);
}
