// call -> 1 correct
// Adds a method to arrays.
Array.prototype.sum = function () {
  return this.reduce((a, b) => a + b, 0);
};
function add(a, b) {
  return [a, b].sum();
}
