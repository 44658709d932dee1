# contained -> 1 correct
# Reads the date and measures itself; standard error, which is compared between runs, shows what it saw.
import datetime
import sys
import time

start = time.perf_counter()
sum(i * i for i in range(100_000))
seen = [time.time_ns(), time.monotonic_ns(), time.process_time_ns(), time.perf_counter() - start, datetime.datetime.now().isoformat(), time.localtime()]
time.sleep(3600)
seen.append(time.time())
print(*seen, sep="\n", file=sys.stderr)
date = datetime.datetime.now(datetime.timezone.utc)
print("contained" if (date.year, date.month, date.day, date.hour) == (2026, 1, 1, 1) else f"escaped: {date}")
