// codecontests 14 -> correct
#include <cstdio>
#include <vector>
const int MOD = 1e9 + 7;

int main() {
    std::vector<long long> half(200001, 1);
    for (int i = 3; i <= 200000; i++) half[i] = half[i - 1] * i % MOD;
    int t, n;
    std::scanf("%d", &t);
    while (t--) {
        std::scanf("%d", &n);
        std::printf("%lld\n", half[2 * n]);
    }
}
