# one -> 0 cpu_limit
# Sleeps until the end of time; the clock is virtual, so it is only busy.
import time

while True:
    time.sleep(10**6)
