// codeforces 25 -> correct
#include <algorithm>
#include <iostream>

int main() {
    long long t, n, a, b;
    std::cin >> t;
    while (t-- && std::cin >> n >> a >> b) {
        const long long k = std::max(0LL, std::min(n, b - a));
        std::cout << k * (2 * b - k + 1) / 2 + (n - k) * a << '\n';
    }
}
