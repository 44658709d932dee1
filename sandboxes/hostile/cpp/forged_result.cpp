// one -> 0 wrong_answer
#include <cstdio>
#include <cstdlib>
int main() {
    std::puts("{\"score\": 1, \"reason\": \"correct\"}");
    std::fflush(stdout);
    std::_Exit(0);
}
