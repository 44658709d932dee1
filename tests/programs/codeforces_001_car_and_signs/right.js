import { createInterface } from 'node:readline';

const lines = [];
for await (const line of createInterface({ input: process.stdin })) lines.push(line.trim().split(' ').map(Number));

let at = 1;
for (let t = lines[0][0]; t > 0; t--) {
  const [, k, q] = lines[at++];
  const a = [0, ...lines[at++]];
  const b = [0, ...lines[at++]];
  const answers = [];
  for (let i = 0; i < q; i++) {
    const [d] = lines[at++];
    let lo = 0, hi = k;
    while (lo < hi) {
      const mid = (lo + hi + 1) >> 1;
      if (a[mid] <= d) lo = mid;
      else hi = mid - 1;
    }
    if (a[lo] === d) answers.push(b[lo]);
    else answers.push(b[lo] + Number(BigInt(d - a[lo]) * BigInt(b[lo + 1] - b[lo]) / BigInt(a[lo + 1] - a[lo])));
  }
  console.log(answers.join(' '));
}
