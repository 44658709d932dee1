// add -> 0 wrong_answer
// Leaves with status 0 without an answer.
process.exit(0);
