// one -> 1 correct
// A program that is refused memory may go on.
#include <bits/stdc++.h>
int main() {
    try {
        std::vector<char> huge(1 << 30);
        std::printf("%p\n", static_cast<void*>(huge.data()));
    } catch (const std::bad_alloc&) {
        int a, b;
        std::cin >> a >> b;
        std::cout << a + b;
    }
}
