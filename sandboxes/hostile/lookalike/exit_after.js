// add -> 1 correct
// Ends itself after the answer.
const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
console.log(a + b);
process.exit(0);
