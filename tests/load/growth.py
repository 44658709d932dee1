"""Sends many programs and watches what the server and its workers hold: memory of their own, descriptors, threads.

    gavel serve --listen 127.0.0.1:8300 --workers 2 &
    python tests/load/growth.py --url http://127.0.0.1:8300 --pid $! --programs 100000

Programs print, fail, allocate 32 MiB, crash the interpreter and loop. Prints a line whenever a tenth is done, and exits with 1 if a process holds more at the end than
after a tenth: threads, descriptors (two connections may be closing), or 16 MiB of memory; or if a worker was replaced. The descriptors of workers can only be listed by root, as they are not dumpable.
"""

import argparse
import json
import os
import sys
import time
import urllib.request
from pathlib import Path

PROGRAMS = ["print(1)"] * 16 + ["1 / 0", "x = bytearray(32 << 20)\nprint(1)", "import faulthandler\nfaulthandler._sigsegv()", "while True: pass"]


def verify(url, items):
    request = urllib.request.Request(f"{url}/v1/verify", json.dumps({"items": items, "detail": "score"}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)["results"]


def processes(server):
    workers = set()
    for task in Path(f"/proc/{server}/task").iterdir():
        workers.update(map(int, (task / "children").read_text().split()))
    return [server, *sorted(workers)]


def held(pid):
    """KiB of its own, descriptors, threads."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    try:
        descriptors = len(os.listdir(f"/proc/{pid}/fd"))
    except PermissionError:
        descriptors = 0
    return int(fields["RssAnon"].split()[0]), descriptors, int(fields["Threads"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8300")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--programs", type=int, default=100_000)
    arguments = parser.parse_args()

    def item(number):
        source = PROGRAMS[number % len(PROGRAMS)]
        return {"task": "code", "response": source, "reference": {"inputs": [""], "outputs": ["1"]}, "limits": {"cpu_seconds": 0.01}}

    tenth, sent, samples, start = arguments.programs // 10, 0, [], time.perf_counter()
    while sent < arguments.programs:
        target = min(sent + tenth, arguments.programs)
        while sent < target:
            batch = [item(number) for number in range(sent, min(sent + 500, target))]
            results = verify(arguments.url, batch)
            assert len(results) == len(batch) and all(result["outcome"] == "graded" for result in results)
            sent += len(batch)
        samples.append({pid: held(pid) for pid in processes(arguments.pid)})
        print(f"{sent} programs, {time.perf_counter() - start:.0f} s: (KiB of its own, descriptors, threads) {samples[-1]}", flush=True)
    first, last = samples[0], samples[-1]
    grown = [
        pid
        for pid in last
        if pid not in first or last[pid][0] > first[pid][0] + (16 << 10) or last[pid][1] > first[pid][1] + 2 or last[pid][2] > first[pid][2]
    ]
    print(f"grown or replaced: {grown}" if grown else "nothing has grown, and no worker was replaced")
    sys.exit(1 if grown else 0)


main()
