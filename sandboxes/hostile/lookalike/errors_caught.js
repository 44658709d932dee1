// add -> 1 correct
// Throws and catches.
try {
  null.x;
} catch (error) {
  console.error(error.message);
}
const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
console.log(a + b);
