// js_asserts -> 1 correct
// A helper class with a value of its own.
class Money {
  constructor(n) {
    this.n = n;
  }
  valueOf() {
    return this.n;
  }
}
const add = (a, b) => new Money(a) + new Money(b);
