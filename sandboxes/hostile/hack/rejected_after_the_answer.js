// one -> 0 runtime_error
// Prints the right answer and ends with a rejection that nobody handles.
console.log(5);
Promise.reject(new Error("after all"));
