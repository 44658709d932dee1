// codeforces 20 -> compile_error
#include <stdio.h>

int main(void) {
    int t, n, m;
    for (scanf("%d", &t); t; t--) {
        scanf("%d%d", &n, &m);
        printf("%s\n", (n - m) % 2 == 0 ? "Yes" : "No")
    }
}
