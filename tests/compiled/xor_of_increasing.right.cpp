// codecontests 16 -> correct
#include <array>
#include <iostream>
#include <limits>
#include <set>

int main() {
    std::ios::sync_with_stdio(false);
    std::array<int, 512> least;  // The least last element of a subsequence with this exclusive or.
    least.fill(std::numeric_limits<int>::max());
    least[0] = -1;
    int n;
    std::cin >> n;
    for (int i = 0, a; i < n && std::cin >> a; i++)
        for (int x = 0; x < 512; x++)
            if (least[x] < a) least[x ^ a] = std::min(least[x ^ a], a);
    std::set<int> found;
    for (int x = 0; x < 512; x++)
        if (least[x] != std::numeric_limits<int>::max()) found.insert(x);
    std::cout << found.size() << '\n';
    for (int x : found) std::cout << x << ' ';
    std::cout << '\n';
}
