// one -> 0 compile_error
// Each is within the bound on steps, and there are many.
template <int N> constexpr int steps() { int sum = 0; for (int i = 0; i < 300000; i++) sum ^= i + N; return sum; }
template <typename T, T... N> struct Sequence { static constexpr int sum = (steps<N>() + ...); };
int main() { return __make_integer_seq<Sequence, int, 200>::sum; }
