// add -> 1 correct
// Evaluates text of its own.
const [a, b] = require("fs").readFileSync(0, "utf8").trim().split(" ");
console.log(eval(`(${a}) + (${b})`), );
