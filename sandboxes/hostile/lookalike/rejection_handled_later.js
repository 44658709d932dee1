// add -> 1 correct
// A rejection that is handled before the turn ends.
const failing = Promise.reject(new Error("expected"));
failing.catch(() => {});
(async () => {
  const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
  console.log(a + b);
})();
