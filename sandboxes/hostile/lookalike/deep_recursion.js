// add -> 1 correct
// Recurses as deep as Node.js lets it.
const down = (n) => (n === 0 ? 0 : 1 + down(n - 1));
const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
console.log(a + b + down(9000) - 9000);
