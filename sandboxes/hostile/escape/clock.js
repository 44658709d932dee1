// contained -> 1 correct
// Reads the date and measures itself; standard error, which is compared between runs, shows what it saw.
const start = performance.now();
let sum = 0;
for (let i = 0; i < 100000; i++) sum += i * i;
console.error(Date.now(), performance.now() - start, process.hrtime(), String(new Date()), Math.random(), Math.random());
setTimeout(() => {
  console.error(Date.now());
  const date = new Date();
  console.log(date.getUTCFullYear() === 2026 && date.getUTCHours() === 1 ? 'contained' : `escaped: ${date.toISOString()}`);
}, 3600000);
