t = int(input())
for _ in range(t):
    n = int(input())
    s = input().strip()
    letters = ''.join(sorted(set(s)))
    table = str.maketrans(letters, letters[::-1])
    print(s.translate(table))
