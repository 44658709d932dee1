// one -> 1 correct
// A program that is refused memory may go on.
#include <bits/stdc++.h>
int main() {
    try { std::vector<char> huge(1 << 30); std::puts("no"); } catch (const std::bad_alloc&) { int a, b; std::cin >> a >> b; std::cout << a + b; }
}
