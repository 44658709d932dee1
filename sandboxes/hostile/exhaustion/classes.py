# add -> 0 memory_limit
# Classes without end.
kept = []
while True:
    kept.append(type('C', (), {str(n): n for n in range(200)}))
