// add -> 1 correct
#include <stdio.h>
#include <stdlib.h>
static void last(void) { fflush(stdout); }
main() {
    int a, b;
    atexit(last);
    if (scanf("%d%d", &a, &b) == 2) printf("%d", a + b);
    exit(0);
}
