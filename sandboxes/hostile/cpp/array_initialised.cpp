// one -> 0 compile_error
// Every byte of it would be in the object file.
static int numbers[1 << 28] = {1, 2, 3};
int main(int count, char**) { return numbers[count]; }
