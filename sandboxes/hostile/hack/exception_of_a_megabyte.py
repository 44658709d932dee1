# one -> 0 runtime_error
# Raises an exception whose class has a name that would fill the result.
text = 'x' * (250 << 10)
raise type(text, (Exception,), {})(text)
