// codecontests 14 -> memory_limit
#include <cstdio>
#include <vector>
const int MOD = 1e9 + 7;

// Needs more memory than there is.
int main() {
    std::vector<std::vector<long long>> table;
    for (int i = 0; i < 200000; i++) table.emplace_back(200001, i);
    int t, n;
    std::scanf("%d", &t);
    while (t--) {
        std::scanf("%d", &n);
        std::printf("%lld\n", table[n][n] % MOD);
    }
}
