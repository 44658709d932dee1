// one -> 0 memory_limit
// Asks for a gigabyte at once.
const bytes = new Uint8Array(2 ** 30);
console.log(bytes.length ? 5 : 6);
