// add -> 0 cpu_limit
// Never ends.
for (;;);
