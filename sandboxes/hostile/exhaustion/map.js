// one -> 0 memory_limit
// A map that grows without end.
const map = new Map();
for (let i = 0; ; i++) map.set(i, new Float64Array(1 << 14));
