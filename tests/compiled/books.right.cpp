// codeforces 24 -> correct
#include <bits/stdc++.h>
using namespace std;
#define all(v) (v).begin(), (v).end()
typedef long long ll;

void solve() {
    int n;
    cin >> n;
    vector<ll> a(n);
    for (auto& x : a) cin >> x;
    cout << *max_element(a.begin(), a.end() - 1) + a.back() << "\n";
}

signed main() {
    int t = 1;
    cin >> t;
    while (t--) solve();
    return 0;
}
