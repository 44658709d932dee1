// codeforces 2 -> wrong_answer
#include <bits/stdc++.h>
using namespace std;

// Counts the points of the circle's rim with r <= d <= r + 1.
int main() {
    int t;
    cin >> t;
    while (t--) {
        long long r, count = 0;
        cin >> r;
        for (long long x = -r - 1; x <= r + 1; x++)
            for (long long y = -r - 1; y <= r + 1; y++)
                if (x * x + y * y >= r * r && x * x + y * y <= (r + 1) * (r + 1)) count++;
        cout << count << '\n';
    }
}
