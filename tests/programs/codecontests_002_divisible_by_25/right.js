const s = require('fs').readFileSync(0, 'utf8').trim();

function ways(x) {
  let counts = new Array(25).fill(0);
  counts[0] = 1;
  for (let i = 0; i < s.length; i++) {
    const next = new Array(25).fill(0);
    const choices = s[i] === '_' ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] : [s[i] === 'X' ? x : Number(s[i])];
    for (const d of choices) {
      if (i === 0 && d === 0 && s.length > 1) continue;
      counts.forEach((count, rem) => { next[(rem * 10 + d) % 25] += count; });
    }
    counts = next;
  }
  return counts[0];
}

let total = 0;
for (let x = 0; x < (s.includes('X') ? 10 : 1); x++) total += ways(x);
console.log(total);
