// codecontests 24 -> correct
#include <concepts>
#include <iostream>
#include <ranges>

// Needs C++20.
template <std::integral T>
T special(T n, T k) {
    T total = 0, power = 1;
    for (int bit : std::views::iota(0, 31)) {
        if (k >> bit & 1) total = (total + power) % 1'000'000'007;
        power = power * n % 1'000'000'007;
    }
    return total;
}

int main() {
    int t;
    std::cin >> t;
    for (long long n, k; t-- && std::cin >> n >> k;) std::cout << special(n, k) << '\n';
}
