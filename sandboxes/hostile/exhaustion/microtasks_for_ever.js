// one -> 0 cpu_limit
// Each job of a promise queues the next one: no turn of the event loop ever ends.
(function next() {
  Promise.resolve().then(next);
})();
