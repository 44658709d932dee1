# one -> 0 cpu_limit
# Source whose constants are to be computed before it runs.
x = (1 << 60) * (1 << 60)
exec('x = ' + ' ** '.join(['9'] * 5))
