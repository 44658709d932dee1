// codecontests 21 -> correct
#include <bits/stdc++.h>
using namespace std;

int height(const vector<bool>& watered) {
    int total = 1;
    for (size_t i = 0; i < watered.size(); i++) {
        const bool before = i > 0 && watered[i - 1];
        if (i > 0 && !watered[i] && !before) throw domain_error("dead");
        if (watered[i]) total += before ? 5 : 1;
    }
    return total;
}

int main() {
    int t;
    cin >> t;
    for (int n; t-- && cin >> n;) {
        vector<bool> watered(n);
        for (int i = 0, day; i < n && cin >> day; i++) watered[i] = day;
        try {
            cout << height(watered) << '\n';
        } catch (const domain_error&) {
            cout << -1 << '\n';
        }
    }
}
