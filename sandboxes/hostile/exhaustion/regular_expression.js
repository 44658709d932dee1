// one -> 0 cpu_limit
// A pattern that tries exponentially many ways.
console.log(/^(a+)+$/.test('a'.repeat(50) + 'b') ? 5 : 6);
