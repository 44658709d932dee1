// one -> 0 compile_error
__attribute__((import_module("gavel:guest/candidate"), import_name("request"))) extern "C" int request(int, int);
int main() { return request(1, 2); }
