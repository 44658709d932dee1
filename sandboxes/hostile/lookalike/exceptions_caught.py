# add -> 1 correct
# Reads until an exception says that the input is over.
total = 0
try:
    while True:
        total += sum(map(int, input().split()))
except EOFError:
    print(total)
