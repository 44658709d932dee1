// codeforces 3 -> correct
#include <stdio.h>
#include <string.h>

int main(void) {
    int t;
    scanf("%d", &t);
    while (t-- > 0) {
        int n, up = 0;
        char coins[128];
        scanf("%d %127s", &n, coins);
        for (size_t i = 0; i < strlen(coins); i++) up += coins[i] == 'U';
        puts(up % 2 ? "YES" : "NO");
    }
    return 0;
}
