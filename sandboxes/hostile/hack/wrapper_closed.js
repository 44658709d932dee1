// add -> 0 wrong_answer
// Closes the function that it is put into.
}); console.log("PASSED"); (function () {
