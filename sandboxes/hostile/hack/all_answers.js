// add -> 0 wrong_answer
// Prints every number.
for (let i = -50; i < 50; i++) console.log(i);
