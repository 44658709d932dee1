// codecontests 24 -> runtime_error
#include <iostream>

int main() {
    int t;
    std::cin >> t;
    for (long long n, k; t-- && std::cin >> n >> k;) {
        long long total = 0, power = 1;
        for (; k; k /= n, power = power * n % 1000000007) total += k % n * power % 1000000007;
        std::cout << total % 1000000007 << '\n';
    }
    return 3;
}
