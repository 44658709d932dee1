const data = require('fs').readFileSync(0, 'utf8').split(/\s+/).map(Number);
const n = data[0], k = data[1];
const adj = Array.from({ length: n + 1 }, () => []);
for (let i = 0; i < n - 1; i++) {
  const u = data[2 + 2 * i], v = data[3 + 2 * i];
  adj[u].push(v);
  adj[v].push(u);
}
const parent = new Int32Array(n + 1);
const order = [1];
for (let i = 0; i < order.length; i++) {
  for (const u of adj[order[i]]) {
    if (u !== parent[order[i]]) {
      parent[u] = order[i];
      order.push(u);
    }
  }
}
const longest = new Int32Array(n + 1);
const chains = [];
for (const v of order.reverse()) {
  const p = parent[v];
  const length = ++longest[v];
  if (length > longest[p]) {
    if (longest[p]) chains.push(longest[p]);
    longest[p] = length;
  } else {
    chains.push(length);
  }
}
chains.push(longest[0]);
chains.sort((a, b) => b - a);

let best = -Infinity, covered = 0;
for (let red = 0; red <= k; red++) {
  if (red > 0 && red <= chains.length) covered += chains[red - 1];
  const blue = Math.min(n - covered, Math.floor(n / 2));
  best = Math.max(best, (n - red - blue) * (red - blue));
}
console.log(best);
