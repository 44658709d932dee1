// one -> 0 runtime_error
#include <iostream>
#include <stdexcept>
int main() {
    std::cout << 5 << std::endl;
    throw std::logic_error("out of main");
}
