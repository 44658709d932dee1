// call -> 1 correct
// A class as LeetCode writes it.
class Solution {
  #zero = 0;
  add(a, b) {
    return this.#zero + a + b;
  }
}
