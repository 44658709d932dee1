// one -> 0 compile_error
#include __FILE__
int main() {}
