// one -> 0 memory_limit
// Holds texts of many megabytes.
const all = [];
for (let i = 0; ; i++) all.push((i + 'x').repeat(1 << 20));
