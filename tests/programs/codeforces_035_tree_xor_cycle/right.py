import os
import sys

BITS = 30


class Trie:
    def __init__(self):
        self.child = [[0, 0]]
        self.count = [0]

    def add(self, x, delta):
        node = 0
        self.count[0] += delta
        for b in range(BITS - 1, -1, -1):
            bit = x >> b & 1
            nxt = self.child[node][bit]
            if not nxt:
                nxt = len(self.child)
                self.child[node][bit] = nxt
                self.child.append([0, 0])
                self.count.append(0)
            node = nxt
            self.count[node] += delta

    def best(self, x):
        """The largest x ^ y over the stored y, or -1 when there is none."""
        if self.count[0] == 0:
            return -1
        node, res = 0, 0
        for b in range(BITS - 1, -1, -1):
            want = 1 - (x >> b & 1)
            nxt = self.child[node][want]
            if nxt and self.count[nxt]:
                res |= 1 << b
            else:
                nxt = self.child[node][1 - want]
            node = nxt
        return res


def read_all():
    chunks = []
    while True:
        chunk = os.read(0, 1 << 16)
        if not chunk:
            return b''.join(chunks).split()
        chunks.append(chunk)


def main():
    data = iter(read_all())
    lines = []
    for _ in range(int(next(data))):
        n, m = int(next(data)), int(next(data))
        adj = [[] for _ in range(n + 1)]
        for _ in range(n - 1):
            v, u, w = int(next(data)), int(next(data)), int(next(data))
            adj[v].append((u, w))
            adj[u].append((v, w))
        dist = [-1] * (n + 1)
        parity = [0] * (n + 1)
        dist[1] = 0
        stack = [1]
        while stack:
            v = stack.pop()
            for u, w in adj[v]:
                if dist[u] < 0:
                    dist[u] = dist[v] ^ w
                    parity[u] = parity[v] ^ 1
                    stack.append(u)
        tries = (Trie(), Trie())
        for v in range(1, n + 1):
            tries[parity[v]].add(dist[v], 1)
        flip = 0
        answers = []
        for _ in range(m):
            if next(data) == b'^':
                flip ^= int(next(data))
            else:
                v, x = int(next(data)), int(next(data))
                same, other = tries[parity[v]], tries[parity[v] ^ 1]
                same.add(dist[v], -1)
                key = dist[v] ^ x
                answers.append(max(same.best(key), other.best(key ^ flip)))
                same.add(dist[v], 1)
        lines.append(' '.join(map(str, answers)))
    sys.stdout.write('\n'.join(lines) + '\n')


main()
