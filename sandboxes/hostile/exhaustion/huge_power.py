# one -> 0 cpu_limit
# A power of a billion digits.
print(len(str(pow(7, 10**9))))
