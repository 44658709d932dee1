function* numbers() {
  for (const word of require('fs').readFileSync(0, 'utf8').trim().split(/\s+/)) yield Number(word);
}
const it = numbers();
const next = () => it.next().value;

for (let t = next(); t > 0; t--) {
  const m = next(), x = next();
  const offers = Array.from({ length: m }, () => ({ c: next(), h: next() }));
  const total = offers.reduce((sum, { h }) => sum + h, 0);
  const best = new Array(total + 1).fill(Infinity);
  best[0] = 0;
  let have = 0;
  for (const { c, h } of offers) {
    have += x;
    for (let cur = total; cur >= h; cur--) {
      const cost = best[cur - h] + c;
      if (cost <= have && cost < best[cur]) best[cur] = cost;
    }
  }
  console.log(best.findLastIndex((cost) => cost < Infinity));
}
