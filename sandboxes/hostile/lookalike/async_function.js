// js_asserts -> 1 correct
// Is asynchronous, and so are no tests.
async function add(a, b) {
  await null;
  return a + b;
}
