// one -> 0 compile_error
template <int N, long long M> struct Bomb { static const long long value = Bomb<N - 1, M * 2>::value ^ Bomb<N - 1, M * 2 + 1>::value; };
template <long long M> struct Bomb<0, M> { static const long long value = M; };
int main() { return Bomb<40, 1>::value; }
