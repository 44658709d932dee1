// one -> 0 runtime_error
__attribute__((noinline)) long deeper(long level) { return level == -1 ? 0 : deeper(level + 1) * 31 + level; }
int main(int count, char**) { return static_cast<int>(deeper(count)); }
