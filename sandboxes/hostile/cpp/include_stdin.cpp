// one -> 0 compile_error
#include "/dev/stdin"
int main() {}
