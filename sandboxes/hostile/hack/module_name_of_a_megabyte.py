# one -> 0 module_unavailable
# Imports a module whose name would fill the result.
__import__('x' * (1000 << 10))
