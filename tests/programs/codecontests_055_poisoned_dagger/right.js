process.stdin.setEncoding('utf8');
let input = '';
process.stdin.on('data', (chunk) => { input += chunk; });
process.stdin.on('end', () => {
  const words = input.split(/\s+/).filter(Boolean);
  let at = 0;
  for (let t = Number(words[at++]); t > 0; t--) {
    const n = Number(words[at++]);
    const h = BigInt(words[at++]);
    const a = words.slice(at, at + n).map(BigInt);
    at += n;
    const enough = (k) => {
      let sum = k;
      for (let i = 1; i < n; i++) sum += a[i] - a[i - 1] < k ? a[i] - a[i - 1] : k;
      return sum >= h;
    };
    let lo = 1n, hi = h;
    while (lo < hi) {
      const mid = (lo + hi) / 2n;
      if (enough(mid)) hi = mid;
      else lo = mid + 1n;
    }
    console.log(lo.toString());
  }
});
