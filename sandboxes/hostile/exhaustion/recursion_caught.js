// one -> 0 wrong_answer
// Runs out of stack a thousand times, and catches it each time.
let caught = 0;
function f() {
  f();
}
for (let i = 0; i < 100; i++) {
  try {
    f();
  } catch {
    caught++;
  }
}
console.log(caught);
