// one -> 0 compile_error
constexpr int endless() { int i = 0; while (true) i ^= 1; return i; }
static_assert(endless() == 0);
int main() {}
