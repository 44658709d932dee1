import sys
import threading


def main():
    input = sys.stdin.readline
    t = int(input())
    for _ in range(t):
        n = int(input())
        a = list(map(int, input().split()))
        g = [[] for _ in range(n)]
        for _ in range(n - 1):
            x, y = map(int, input().split())
            g[x - 1].append(y - 1)
            g[y - 1].append(x - 1)
        rounds = n.bit_length() + 1

        def dfs(v, p):
            # cost[k]: the least damage of the subtree when v dies in round k + 1
            cost = [a[v] * (k + 1) for k in range(rounds)]
            for u in g[v]:
                if u == p:
                    continue
                sub = dfs(u, v)
                order = sorted(range(rounds), key=sub.__getitem__)
                one, two = order[0], order[1]
                for k in range(rounds):
                    cost[k] += sub[two] if k == one else sub[one]
            return cost

        print(min(dfs(0, -1)))


sys.setrecursionlimit(10 ** 6)
threading.stack_size(128 * 1024 * 1024)
thread = threading.Thread(target=main)
thread.start()
thread.join()
