// codeforces 8 -> correct
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

int main() {
    int t, n;
    std::string text;
    for (std::cin >> t; t > 0; --t) {
        std::cin >> n >> text;
        std::set<char> letters(text.begin(), text.end());
        std::vector<char> order(letters.begin(), letters.end());
        std::map<char, char> mirror;
        for (std::size_t i = 0; i < order.size(); ++i) mirror[order[i]] = order[order.size() - 1 - i];
        for (char& letter : text) letter = mirror.at(letter);
        std::cout << text << std::endl;
    }
}
