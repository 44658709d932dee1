// add -> 0 wrong_answer
// Right from the second run on, if a run of the same compiled program could see what the first left.
#include <cstdio>
static int runs = 0;
int main() {
    int a, b;
    std::scanf("%d %d", &a, &b);
    std::printf("%d\n", runs++ > 0 ? a + b : -1000);
}
