// codecontests 15 -> correct
#include <stdio.h>

int main(void) {
    long long t, a, b, c;
    if (scanf("%lld", &t) != 1) return 1;
    while (t-- && scanf("%lld %lld %lld", &a, &b, &c) == 3) printf("%lld\n", (a + 2 * b + 3 * c) % 2);
    return 0;
}
