// one -> 0 cpu_limit
// An integer of a hundred million digits.
let x = 3n;
for (;;) x *= x;
