// one -> 0 runtime_error
int deeper(volatile int* level) { volatile int here = *level + 1; return deeper(&here) + here; }
int main() { volatile int level = 0; return deeper(&level); }
