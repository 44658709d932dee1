// codecontests 2 -> correct
#include <bits/stdc++.h>
using namespace std;

string s;

long long count(size_t at, int remainder, int x) {
    if (at == s.size()) return remainder == 0;
    long long total = 0;
    for (int digit = 0; digit < 10; digit++) {
        if (digit == 0 && at == 0 && s.size() > 1) continue;
        if (s[at] == 'X' && x >= 0 && digit != x) continue;
        if (isdigit(s[at]) && digit != s[at] - '0') continue;
        total += count(at + 1, (remainder * 10 + digit) % 25, s[at] == 'X' ? digit : x);
    }
    return total;
}

int main() {
    cin >> s;
    cout << count(0, 0, -1) << endl;
}
