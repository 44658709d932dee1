// add -> 0 runtime_error
// Fails, and says that it did not.
process.on("exit", () => { process.exitCode = 0; });
console.log(5);
process.exitCode = 3;
throw new Error("late");
