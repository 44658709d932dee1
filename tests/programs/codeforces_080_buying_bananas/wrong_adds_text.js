const lines = require('fs').readFileSync(0, 'utf8').split('\n');
for (let t = 1; t <= Number(lines[0]); t++) {
  const [a, b, c] = lines[t].split(' ');
  let best = 0;
  for (let i = 0; i <= 5; i++) for (let j = 0; i + j <= 5; j++) best = Math.max(best, (a + i) * (b + j) * (c + 5 - i - j));
  console.log(best);
}
process.exit(0);
