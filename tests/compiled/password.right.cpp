// codeforces 17 -> correct
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
using namespace std;

int main() {
    int t, n;
    string s;
    scanf("%d", &t);
    while (t--) {
        cin >> n >> s;
        // Digits come before letters in ASCII.
        printf("%s\n", is_sorted(s.begin(), s.end()) ? "YES" : "NO");
    }
}
