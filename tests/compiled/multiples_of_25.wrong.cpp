// codecontests 2 -> cpu_limit
#include <bits/stdc++.h>
using namespace std;

// Never ends for a text that has an X.
int main() {
    string s;
    cin >> s;
    volatile int round = 0;
    while (s.find('X') != string::npos || s.find('_') != string::npos) round = round + 1;
    cout << (stoi(s) % 25 == 0 && (s[0] != '0' || s.size() == 1)) << endl;
}
