// one -> 0 wrong_answer
// Waits for what never comes.
(async () => {
  await new Promise(() => {});
  console.log(5);
})();
