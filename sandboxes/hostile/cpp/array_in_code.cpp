// one -> 0 compile_error
// Half a gigabyte, which the compiler would write out.
static int numbers[1 << 27];
int main(int count, char**) { numbers[count] = 1; return numbers[count + 1]; }
