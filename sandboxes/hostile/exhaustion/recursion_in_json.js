// one -> 0 runtime_error
// Data nested a million times.
JSON.parse('['.repeat(1e6));
console.log(5);
