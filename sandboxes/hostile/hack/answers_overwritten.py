# add -> 0 wrong_answer
# Prints answers that a terminal would overwrite.
for n in range(100):
    print(n, end='\r')
print('\x1b[2J\x1b[H', end='')
