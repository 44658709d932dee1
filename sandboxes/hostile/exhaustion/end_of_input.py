# one -> 0 runtime_error
# Reads past the end of its input.
while True:
    input()
