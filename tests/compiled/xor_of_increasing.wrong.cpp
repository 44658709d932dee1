// codecontests 16 -> wrong_answer
#include <iostream>
#include <set>

// Any subsequence, increasing or not.
int main() {
    std::set<int> found = {0};
    int n;
    std::cin >> n;
    for (int i = 0, a; i < n && std::cin >> a; i++) {
        std::set<int> more = found;
        for (int x : found) more.insert(x ^ a);
        found = std::move(more);
    }
    std::cout << found.size() << '\n';
    for (int x : found) std::cout << x << ' ';
    std::cout << '\n';
}
