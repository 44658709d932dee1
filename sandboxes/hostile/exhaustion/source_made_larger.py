# one -> 0 runtime_error
# Source that makes source nested too deeply.
exec('x = ' + '[' * 10**5 + ']' * 10**5)
