// one -> 0 memory_limit
// 160 megabytes, which the program's memory begins with.
static int numbers[40000000];
int main(int count, char**) { numbers[count] = 1; return numbers[count + 1]; }
