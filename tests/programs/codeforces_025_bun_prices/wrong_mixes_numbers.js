const rl = require('readline').createInterface({ input: process.stdin });
const lines = [];
rl.on('line', (line) => lines.push(line));
rl.on('close', () => {
  for (const line of lines.slice(1)) {
    const [n, a, b] = line.split(' ').map(BigInt);
    let k = b - a < n ? b - a : n;
    if (k < 0n) k = 0n;
    console.log(`${(k * (2n * b - k + 1n)) / 2n + Number(n - k) * Number(a)}`);
  }
});
