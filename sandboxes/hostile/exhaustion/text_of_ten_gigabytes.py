# one -> 0 runtime_error
# A string longer than an address can say.
print(len('x' * 10**10))
