// add -> 0 wrong_answer
// A second run of the same compiled program would see what the first left.
#include <cstdio>
static int runs = 1;
int main() { std::printf("%d\n", 4 + runs++ * 0 + (runs > 2)); }
