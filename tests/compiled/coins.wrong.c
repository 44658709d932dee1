// codeforces 3 -> wrong_answer
#include <stdio.h>

int main(void) {
    int t;
    scanf("%d", &t);
    while (t-- > 0) {
        int n;
        char coins[128];
        scanf("%d %127s", &n, coins);
        puts(n % 2 ? "YES" : "NO");
    }
    return 0;
}
