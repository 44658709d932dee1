# add -> 1 correct
# Prints its answer at exit.
import atexit

answer = sum(map(int, input().split()))
atexit.register(lambda: print(answer))
