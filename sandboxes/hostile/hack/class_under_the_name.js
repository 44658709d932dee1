// js_asserts -> 0 runtime_error
// Is a class, which cannot be called.
class add {}
