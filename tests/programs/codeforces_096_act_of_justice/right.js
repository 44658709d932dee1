function count(a) {
  let total = 0, level = 0;
  for (let i = 1; i < a.length; i++) {
    const before = a[i - 1], now = a[i];
    if (now === 1 && before > 1) return -1;
    if (before === 1) {
      level = 0;
      continue;
    }
    if (now >= before) {
      for (let x = before; x * x <= now; x *= x) level--;
      level = Math.max(level, 0);
    } else {
      for (let x = now; x < before; x *= x) level++;
    }
    total += level;
  }
  return total;
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n');
for (let t = 1; t <= Number(lines[0]); t++) console.log(count(lines[2 * t].trim().split(' ').map(Number)));
