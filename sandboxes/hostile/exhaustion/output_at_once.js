// one -> 0 output_limit
// Prints more than it may in one call.
process.stdout.write('x'.repeat(1 << 22));
