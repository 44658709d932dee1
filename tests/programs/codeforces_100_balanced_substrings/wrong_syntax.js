const MOD = 1000000007n;

function solve(s) {
  const starts = new Map(;
  let balance = 0, answer = 0n;
  [...s].forEach((c, i) => {
    starts.set(balance, (starts.get(balance) ?? 0n) + BigInt(i + 1));
    balance += c === '1' ? 1 : -1;
    answer += (starts.get(balance) ?? 0n) * BigInt(s.length - i);
  });
  return answer % MOD;
}

const rl = require('readline').createInterface({ input: process.stdin });
rl.once('line', () => {
  rl.on('line', (line) => console.log(solve(line.trim()).toString()));
});
