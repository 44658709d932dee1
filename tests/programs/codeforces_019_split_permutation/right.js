const MOD = 998244353n;

class Node {
  constructor(value, prev = null, next = null) {
    Object.assign(this, { value, prev, next });
  }
  insertBefore(value) {
    const node = new Node(value, this.prev, this);
    if (this.prev) this.prev.next = node;
    return (this.prev = node);
  }
  insertAfter(value) {
    const node = new Node(value, this, this.next);
    if (this.next) this.next.prev = node;
    return (this.next = node);
  }
}

function count(n, left, right) {
  let head = new Node(n);
  const where = { [n]: head };
  left.forEach((l, i) => {
    const r = right[i];
    if (l > r) where[r] = where[l].insertAfter(r);
    else where[l] = where[r].insertBefore(l);
  });
  while (head.prev) head = head.prev;
  const seq = [];
  for (let node = head; node; node = node.next) seq.push(node.value);
  const opened = new Array(n + 1).fill(0);
  opened[seq[0]]++;
  opened[seq[seq.length - 1]]++;
  for (let i = 1; i < seq.length; i++) opened[Math.max(seq[i], seq[i - 1])]++;
  const fixed = new Set(seq);
  let places = 0n, answer = 1n;
  for (let x = n; x > 0; x--) {
    if (fixed.has(x)) {
      places += BigInt(opened[x]);
    } else {
      answer = (answer * places) % MOD;
      places++;
    }
  }
  return answer;
}

const [[n], left, right] = require('fs').readFileSync(0, 'utf8').split('\n').map((line) => line.trim().split(' ').map(Number));
console.log(String(count(n, left, right)));
