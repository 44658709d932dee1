const lines = require('fs').readFileSync(0).toString().split('\n');
for (let t = 1; t <= Number(lines[0]); t++) {
  const s = lines[2 * t].trim();
  const letters = [...new Set(s)].sort();
  const swap = new Map(letters.map((c, i) => [c, letters[letters.length - 1 - i]]));
  process.stdout.write([...s].map((c) => swap.get(c)).join('') + '\n');
}
