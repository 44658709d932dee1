// one -> 0 cpu_limit
int main() { for (volatile int i = 0;; i = i + 1); }
