// one -> 0 compile_error
// What a compiler says about a file that it cannot read as C++ would show its content.
#include "/etc/passwd"
int main() {}
