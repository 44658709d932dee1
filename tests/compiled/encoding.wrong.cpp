// codeforces 8 -> wrong_answer
#include <iostream>
#include <string>

// Mirrors in the whole alphabet.
int main() {
    int t, n;
    std::string text;
    for (std::cin >> t; t > 0; --t) {
        std::cin >> n >> text;
        for (char& letter : text) letter = 'a' + ('z' - letter);
        std::cout << text << std::endl;
    }
}
