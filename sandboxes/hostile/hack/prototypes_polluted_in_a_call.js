// call -> 0 runtime_error
// The same, and what values are written with.
Object.defineProperty(Object.prototype, "opaque", { get: () => 5 });
Array.isArray = () => true;
DataView.prototype.setUint32 = function () {};
Number.isSafeInteger = () => true;
function add() {
  return 0;
}
