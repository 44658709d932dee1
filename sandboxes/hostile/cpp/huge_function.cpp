// one -> 0 compile_error
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(x)))
volatile int v;
int main() { B(A(v = v * 3 + 1; if (v == __COUNTER__) return v;)) B(A(v = v * 5 + 1; if (v == __COUNTER__) return v;)) }
