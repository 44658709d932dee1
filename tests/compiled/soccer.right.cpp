// codeforces 39 -> correct
#include <iostream>
#include <optional>
#include <utility>

struct Score {
    long long first, second;
    friend std::istream& operator>>(std::istream& in, Score& score) { return in >> score.first >> score.second; }
    bool leads() const { return first > second; }
};

int main() {
    int t;
    std::cin >> t;
    while (t--) {
        Score before, after;
        std::cin >> before >> after;
        if (const bool same = before.leads() == after.leads(); same)
            std::cout << "YES\n";
        else
            std::cout << "NO\n";
    }
}
