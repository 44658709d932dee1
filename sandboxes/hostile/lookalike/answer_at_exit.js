// add -> 1 correct
// Answers when it leaves.
let sum = 0;
process.on("exit", () => console.log(sum));
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  for (const word of line.split(" ")) sum += Number(word);
});
