// codecontests 21 -> wrong_answer
#include <bits/stdc++.h>
using namespace std;

int main() {
    int t;
    cin >> t;
    for (int n; t-- && cin >> n;) {
        vector<int> watered(n);
        for (int& day : watered) cin >> day;
        int total = 1;
        for (int i = 0; i < n; i++) total += watered.at(i) ? (i && watered.at(i - 1) ? 5 : 1) : 0;
        cout << total << '\n';
    }
}
