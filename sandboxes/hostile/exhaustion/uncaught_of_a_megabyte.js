// one -> 0 runtime_error
// Throws a text of a megabyte.
throw new Error('x'.repeat(1 << 19));
