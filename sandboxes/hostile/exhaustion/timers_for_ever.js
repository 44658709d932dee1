// one -> 0 cpu_limit
// A timer that never stops, on a clock that costs nothing.
setInterval(() => {}, 1000);
