def main():
    t = int(input())
    for _ in range(t):
        n = int(input())
        stack = []
        ans = []
        for _ in range(n):
            a, b = map(int, input().split())
            while stack and (stack[-1][1] == b or stack[-1][0] <= a):
                life, value = stack.pop()
                if value == b:
                    a += life  # forgets the seconds lost before they meet
            stack.append([a, b])
            ans.append(stack[0][0])
        print(' '.join(map(str, ans)))


main()
