// What most programs use. It is linked into every one, before the program's own code, so that the same library functions stand at the same places in all of them:
// their machine code is then made once for each worker, and not once for each program. Nothing calls it.

#include <bits/stdc++.h>

namespace {

template <typename T>
void read_and_write(T value) {
    std::cin >> value;
    std::cout << value << ' ';
    std::stringstream text;
    text << value;
    text >> value;
    std::cout << text.str() << std::endl;
    std::string line;
    std::getline(std::cin, line);
    std::vector<T> values(line.size(), value);
    values.push_back(value);
    std::sort(values.begin(), values.end());
    std::set<T> once(values.begin(), values.end());
    std::map<T, int> counts;
    counts[value]++;
}

}  // namespace

// No symbol of one file is kept without need, whatever it asks for.
extern "C" __attribute__((used)) void __gavel_base() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    read_and_write(0);
    read_and_write(0LL);
    read_and_write(0.0);
    read_and_write(std::string());
    read_and_write('x');
    unsigned number;
    unsigned long long large;
    long double real;
    std::cin >> number >> large >> real;
    std::cout << number << large << real << std::fixed << std::setprecision(9) << true << "text" << std::setw(3) << std::setfill('0');
    int n;
    double d;
    char word[8];
    if (std::scanf("%d %lf %7s", &n, &d, word) == 3) std::printf("%d %.3f %s\n", n, d, word);
    std::puts(word);
    std::putchar(std::getchar());
    try {
        throw std::runtime_error(std::to_string(n) + word);
    } catch (const std::exception& error) {
        std::cerr << error.what() << std::stoi(word) << std::string(word).substr(1, 2);
    }
    std::srand(static_cast<unsigned>(std::time(nullptr)));
    std::mt19937 engine(std::random_device{}());
    std::cout << engine() << std::rand() << std::clock() << std::chrono::steady_clock::now().time_since_epoch().count();
    if (std::freopen("input.txt", "r", stdin) == nullptr) std::exit(static_cast<int>(std::sqrt(d) + std::sin(d) + std::pow(d, d)));
}
