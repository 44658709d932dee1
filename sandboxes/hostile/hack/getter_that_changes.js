// text -> 0 wrong_answer
// An array whose element is another one at each look.
let looks = 0;
function name() {
  const list = [];
  Object.defineProperty(list, 0, { get: () => (looks++ ? "one" : "two"), enumerable: true });
  return list;
}
