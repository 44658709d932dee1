// codecontests 15 -> wrong_answer
#include <stdio.h>

int main(void) {
    int t, a, b, c;
    if (scanf("%d", &t) != 1) return 1;
    while (t-- && scanf("%d %d %d", &a, &b, &c) == 3) printf("%d\n", (a + b + c) % 2);
    return 0;
}
