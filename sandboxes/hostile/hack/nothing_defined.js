// js_asserts -> 0 runtime_error
// Defines nothing.
// Nothing.
