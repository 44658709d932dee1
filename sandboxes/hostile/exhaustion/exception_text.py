# one -> 0 cpu_limit
# Raises an exception whose text takes for ever.
class Long(Exception):
    def __str__(self):
        while True:
            pass


raise Long
