// codeforces 17 -> runtime_error
#include <bits/stdc++.h>
using namespace std;

int main() {
    int t;
    cin >> t;
    while (t--) {
        int n;
        string s;
        cin >> n >> s;
        if (n > 4) throw runtime_error("too long: " + s);
        cout << (is_sorted(begin(s), end(s)) ? "YES" : "NO") << endl;
    }
}
