// add -> 1 correct
// Deep recursion is what searches of graphs do.
#include <cstdio>
int depth(int level) { int here[4] = {level, 1, 2, 3}; volatile int* p = here; return level == 0 ? 0 : depth(level - 1) + p[1]; }
int main() {
    int a, b;
    std::scanf("%d %d", &a, &b);
    std::printf("%d\n", a + b + depth(200000) - 200000);
}
