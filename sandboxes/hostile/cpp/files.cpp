// one -> 0 wrong_answer
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
int main() {
    for (const char* path : {"/etc/passwd", "/proc/self/environ", "tree.pack", "/usr/include/stdio.h", "../x", "/tmp/x"}) {
        std::ofstream out(path);
        std::ifstream in(path);
        if (out.is_open() || in.is_open()) std::cout << path << std::endl;
    }
    std::cout << (std::getenv("HOME") ? "home" : "nothing");
}
