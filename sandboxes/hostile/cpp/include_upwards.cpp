// one -> 0 compile_error
#include "../../../../../../proc/self/environ"
int main() {}
