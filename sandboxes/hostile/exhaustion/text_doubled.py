# one -> 0 memory_limit
# Text that doubles.
text = 'x'
while True:
    text = text.replace(text, text + text)
