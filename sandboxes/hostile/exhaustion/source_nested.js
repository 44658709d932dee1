// one -> 0 runtime_error
// Source that the compiler descends into without end.
eval('('.repeat(1e6));
console.log(5);
