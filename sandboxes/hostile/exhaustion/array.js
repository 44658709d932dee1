// one -> 0 memory_limit
// Fills an array until there is no memory.
const all = [];
for (;;) all.push(new Uint8Array(1 << 20));
