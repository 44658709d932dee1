// codeforces 24 -> wrong_answer
#include <bits/stdc++.h>
using namespace std;
#define all(v) (v).begin(), (v).end()
typedef long long ll;

void solve() {
    int n;
    cin >> n;
    vector<ll> a(n);
    for (auto& x : a) cin >> x;
    sort(all(a));
    cout << a[n - 1] + a[0] << "\n";
}

signed main() {
    int t = 1;
    cin >> t;
    while (t--) solve();
    return 0;
}
