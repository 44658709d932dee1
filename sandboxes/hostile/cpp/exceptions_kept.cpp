// one -> 0 memory_limit
#include <exception>
#include <stdexcept>
#include <vector>
int main() {
    std::vector<std::exception_ptr> all;
    for (;;) try { throw std::runtime_error("kept"); } catch (...) { all.push_back(std::current_exception()); }
}
