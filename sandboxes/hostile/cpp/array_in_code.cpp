// one -> 0 memory_limit
// Half a gigabyte that the file does not hold.
static int numbers[1 << 27];
int main(int count, char**) { numbers[count] = 1; return numbers[count + 1]; }
