// one -> 0 wrong_answer
// Sockets and folders of preview 1: they say that they are not there.
#include <cstdio>
__attribute__((import_module("wasi_snapshot_preview1"), import_name("sock_accept"))) extern "C" int sock_accept(int, int, int*);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("path_open")))
extern "C" int path_open(int, int, const char*, int, int, long long, long long, int, int*);
int main() {
    int fd = -1, opened = 0;
    for (int folder = 0; folder < 64; folder++) opened += path_open(folder, 1, "etc/passwd", 10, 0, -1, -1, 0, &fd) == 0;
    std::printf("%d %d\n", sock_accept(3, 0, &fd) == 0, opened);
}
