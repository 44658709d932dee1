const readline = require('readline');
const lines = [];

function run(items) {
  let length = 1;
  while (length < items.length && items[length] > items[length - 1]) length++;
  return length;
}

function winner(a) {
  const players = ['Alice', 'Bob'];
  let turn = 0, last = -1, lo = 0, hi = a.length - 1;
  while (lo <= hi) {
    const left = a[lo], right = a[hi];
    if (Math.max(left, right) <= last) break;
    const rest = a.slice(lo, hi + 1);
    const lengths = [];
    if (left >= right) lengths.push(run(rest));
    if (right >= left) lengths.push(run([...rest].reverse()));
    if (lengths.some((x) => x % 2 === 1)) return players[turn];
    if (left === right || Math.min(left, right) <= last) return players[1 - turn];
    last = left < right ? a[lo++] : a[hi--];
    turn = 1 - turn;
  }
  return players[1 - turn];
}

readline.createInterface({ input: process.stdin, output: process.stdout, terminal: false })
  .on('line', (line) => lines.push(line))
  .on('close', () => console.log(winner(lines[1].trim().split(' ').map(Number))));
