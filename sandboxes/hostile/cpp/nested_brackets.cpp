// one -> 0 compile_error
#define A(x) ((((((((((((((((((((((((((((((((x))))))))))))))))))))))))))))))))
#define B(x) A(A(A(A(A(A(A(A(x))))))))
int main() { return B(B(B(B(B(B(B(B(B(B(B(B(0)))))))))))); }
