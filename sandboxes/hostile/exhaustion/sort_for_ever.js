// one -> 0 cpu_limit
// A comparison that never returns.
[2, 1].sort(() => {
  for (;;);
});
