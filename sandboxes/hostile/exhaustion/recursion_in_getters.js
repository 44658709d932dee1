// one -> 0 runtime_error
// A getter that reads itself.
const liar = {
  get x() {
    return this.x;
  },
};
console.log(liar.x);
