// one -> 0 compile_error
// WebAssembly by hand, out of bounds.
int main() {
    int value;
    __asm__ volatile("i32.const -4\ni32.load 0\nlocal.set %0" : "=r"(value));
    return value;
}
