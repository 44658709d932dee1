const lines = require('fs').readFileSync('/dev/stdin').toString().split('\n');
const [n, m] = lines[0].split(' ').map(Number);
const rows = lines.slice(1, n + 1);
const bad = new Int32Array(m);
for (let i = 1; i < n; i++) {
  for (let j = 1; j < m; j++) {
    if (rows[i - 1][j] === 'X' && rows[i][j - 1] === 'X') bad[j] = 1;
  }
}
for (let j = 1; j < m; j++) bad[j] += bad[j - 1];
const out = [];
const q = Number(lines[n + 1]);
for (let k = 0; k < q; k++) {
  const [left, right] = lines[n + 2 + k].split(' ').map(Number);
  out.push(bad[right - 1] === (bad[left - 2] ?? 0) ? 'YES' : 'NO');
}
console.log(out.join('\n'));
