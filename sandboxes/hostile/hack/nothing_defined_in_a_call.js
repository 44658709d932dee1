// call -> 0 missing_function
// Defines nothing.
const sub = (a, b) => a - b;
