# one -> 0 cpu_limit
# A power of powers.
print(9**9**9)
