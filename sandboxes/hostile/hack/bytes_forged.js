// call -> 0 runtime_error
// Breaks what values are written with, so that the host reads what it likes.
Uint8Array.prototype.slice = function () {
  return new Uint8Array([105, 5, 0, 0, 0]);
};
Uint8Array.prototype.set = function () {};
function add() {
  return 0;
}
