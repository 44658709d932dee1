// codeforces 39 -> wrong_answer
#include <iostream>

int main() {
    int t;
    std::cin >> t;
    while (t--) {
        long long a, b, c, d;
        std::cin >> a >> b >> c >> d;
        std::cout << (c - a != d - b ? "YES\n" : "NO\n");
    }
}
