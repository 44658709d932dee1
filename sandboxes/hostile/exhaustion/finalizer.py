# one -> 0 cpu_limit
# Makes itself anew whenever it is thrown away.
class Phoenix:
    def __del__(self):
        Phoenix()
        while True:
            pass


Phoenix()
