# add -> 1 correct
# Runs in a thread, for its stack.
import sys
import threading


def main():
    print(sum(map(int, input().split())))


sys.setrecursionlimit(10**6)
threading.stack_size(1 << 27)
thread = threading.Thread(target=main)
thread.start()
thread.join()
