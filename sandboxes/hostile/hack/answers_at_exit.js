// add -> 0 wrong_answer
// Prints a guess when it leaves.
process.on("exit", () => console.log("5 42 -3"));
