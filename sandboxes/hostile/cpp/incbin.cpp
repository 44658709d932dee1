// one -> 0 compile_error
__asm__(".section .rodata.secret,\"\",@\n.globl secret\nsecret:\n.incbin \"/etc/shadow\"\n.size secret, 1\n");
extern "C" const char secret[1];
int main() { return secret[0]; }
