// one -> 0 wrong_answer
// The compiler's own files are no secret.
#include <cstdio>
static const unsigned char header[] = {
#embed "/usr/include/bits/stdc++.h" limit(20)
};
int main() { std::fwrite(header, 1, sizeof header, stdout); }
