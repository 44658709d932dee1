// one -> 0 output_limit
// Prints without end.
for (;;) console.log('x'.repeat(1000));
