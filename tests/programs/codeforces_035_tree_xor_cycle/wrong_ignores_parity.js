class Trie {
  constructor(size) {
    this.child = [new Int32Array(size), new Int32Array(size)];
    this.count = new Int32Array(size);
    this.size = 1;
  }
  add(x, delta) {
    let node = 0;
    this.count[0] += delta;
    for (let b = 29; b >= 0; b--) {
      const bit = (x >> b) & 1;
      if (this.child[bit][node] === 0) this.child[bit][node] = this.size++;
      node = this.child[bit][node];
      this.count[node] += delta;
    }
  }
  best(x) {
    if (this.count[0] === 0) return -1;
    let node = 0, result = 0;
    for (let b = 29; b >= 0; b--) {
      const want = 1 - ((x >> b) & 1);
      let next = this.child[want][node];
      if (next !== 0 && this.count[next] > 0) result |= 1 << b;
      else next = this.child[1 - want][node];
      node = next;
    }
    return result;
  }
}

const words = require('fs').readFileSync(0, 'latin1').split(/\s+/);
let at = 0;
const next = () => Number(words[at++]);
const lines = [];
for (let t = next(); t > 0; t--) {
  const n = next(), m = next();
  const adj = Array.from({ length: n + 1 }, () => []);
  for (let i = 1; i < n; i++) {
    const v = next(), u = next(), w = next();
    adj[v].push([u, w]);
    adj[u].push([v, w]);
  }
  const dist = new Int32Array(n + 1).fill(-1);
  const parity = new Uint8Array(n + 1);
  dist[1] = 0;
  const stack = [1];
  while (stack.length > 0) {
    const v = stack.pop();
    for (const [u, w] of adj[v]) {
      if (dist[u] < 0) {
        dist[u] = dist[v] ^ w;
        parity[u] = parity[v] ^ 1;
        stack.push(u);
      }
    }
  }
  const tries = [new Trie(31 * n + 31), new Trie(31 * n + 31)];
  for (let v = 1; v <= n; v++) tries[parity[v]].add(dist[v], 1);
  let flip = 0;
  const answers = [];
  for (let i = 0; i < m; i++) {
    if (words[at++] === '^') {
      flip ^= next();
    } else {
      const v = next(), x = next();
      const same = tries[parity[v]], other = tries[parity[v] ^ 1];
      same.add(dist[v], -1);
      const key = dist[v] ^ x;
      answers.push(Math.max(same.best(key), other.best(key)));
      same.add(dist[v], 1);
    }
  }
  lines.push(answers.join(' '));
}
console.log(lines.join('\n'));
