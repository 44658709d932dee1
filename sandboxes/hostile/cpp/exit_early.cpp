// one -> 0 wrong_answer
#include <cstdlib>
struct Early { Early() { std::exit(0); } } early;
int main() { return 1; }
