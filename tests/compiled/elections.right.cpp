// codeforces 26 -> correct
#include <cstdint>
#include <iostream>
#include <vector>

// Candidate i wins without excluding anybody; or when all before are excluded; or when the strongest behind is excluded too.
int main() {
    int t;
    std::cin >> t;
    while (t--) {
        int n;
        std::int64_t c;
        std::cin >> n >> c;
        std::vector<std::int64_t> fans(n);
        for (auto& it : fans) std::cin >> it;
        int winner = 0;
        for (int i = 0; i < n; i++)
            if (fans[i] + (i == 0 ? c : 0) > fans[winner] + (winner == 0 ? c : 0)) winner = i;
        std::vector<std::int64_t> strongest(n + 1);
        for (int i = n - 1; i >= 0; i--) strongest[i] = std::max(strongest[i + 1], fans[i]);
        std::int64_t before = c;
        for (int i = 0; i < n; i++) {
            int excluded = i + (before + fans[i] < strongest[i + 1]);
            if (i == winner) excluded = 0;
            std::cout << excluded << " \n"[i + 1 == n];
            before += fans[i];
        }
    }
}
