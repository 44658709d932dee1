// one -> 0 cpu_limit
#include <stdexcept>
int main() { for (;;) try { throw std::runtime_error("again"); } catch (const std::exception&) {} }
