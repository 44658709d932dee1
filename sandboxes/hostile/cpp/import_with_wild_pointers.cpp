// one -> 1 correct
// Every address that a call is given is the program's own.
#include <cstdio>
__attribute__((import_module("wasi_snapshot_preview1"), import_name("fd_write"))) extern "C" int fd_write(int, unsigned, unsigned, unsigned);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("fd_read"))) extern "C" int fd_read(int, unsigned, unsigned, unsigned);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("random_get"))) extern "C" int random_get(unsigned, unsigned);
int main() {
    int refused = 0;
    for (unsigned at : {0xfffffff0u, 0xffffffffu, 0x80000000u})
        refused += (fd_write(1, at, 1, at) != 0) + (fd_read(0, at, 1000000, at) != 0) + (random_get(at, 4096) != 0);
    if (refused != 9) return 1;
    int a, b;
    std::scanf("%d %d", &a, &b);
    std::printf("%d\n", a + b);
}
