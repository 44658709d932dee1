// codeforces 25 -> wrong_answer
#include <algorithm>
#include <iostream>

// Overflows.
int main() {
    int t, n, a, b;
    std::cin >> t;
    while (t-- && std::cin >> n >> a >> b) {
        const int k = std::max(0, std::min(n, b - a));
        std::cout << k * (2 * b - k + 1) / 2 + (n - k) * a << '\n';
    }
}
