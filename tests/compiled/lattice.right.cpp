// codeforces 2 -> correct
#include <bits/stdc++.h>
using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int t;
    cin >> t;
    while (t--) {
        long long r, count = 0;
        cin >> r;
        for (long long x = -r; x <= r; x++) {
            // |y| from the least with x^2 + y^2 >= r^2 to the largest with x^2 + y^2 < (r + 1)^2.
            long long low = sqrtl(r * r - x * x), high = sqrtl((r + 1) * (r + 1) - x * x);
            while (low * low + x * x < r * r) low++;
            while (high * high + x * x >= (r + 1) * (r + 1)) high--;
            count += 2 * (high - low + 1) - (low == 0);
        }
        cout << count << '\n';
    }
}
