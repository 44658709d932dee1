// one -> 0 output_limit
#include <cstdio>
int main() { for (;;) std::puts("more and more and more"); }
