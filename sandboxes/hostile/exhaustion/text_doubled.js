// one -> 0 memory_limit
// Doubles a text for ever.
let text = 'x';
for (;;) text = text.padEnd(2 * text.length, text);
