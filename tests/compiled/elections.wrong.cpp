// codeforces 26 -> wrong_answer
#include <cstdint>
#include <iostream>
#include <vector>

// Forgets the undecided.
int main() {
    int t;
    std::cin >> t;
    while (t--) {
        int n;
        std::int64_t c;
        std::cin >> n >> c;
        std::vector<std::int64_t> fans(n);
        for (auto& it : fans) std::cin >> it;
        for (int i = 0; i < n; i++) std::cout << i << " \n"[i + 1 == n];
    }
}
