"""Sends the same 500 items again and again, one at a time and 64 at a time, while other processes keep the cores busy, and compares all that is said of them but the timing.

    gavel serve --listen 127.0.0.1:8300
    python tests/load/determinism.py --url http://127.0.0.1:8300 --repetitions 10

Items are right, wrong, endless, greedy for memory, deeply recursive and talkative. Exits with 1 if two results of an item differ, fuel included.
"""

import argparse
import json
import multiprocessing
import os
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SOURCES = [
    "while True: pass",
    "x = []\nwhile True: x.append(x[:] + [1])",
    "import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return n and f(n - 1) + 1\nprint(f(50000))",
    "def f(): f()\nf()",
    "while True: print('y' * 100000)",
    "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')",
    "print(hash('x'), {'a', 'b', 'c'}, id([]), __import__('time').time())",
]


def mixed(count):
    tasks = Path(__file__).parents[2] / "tasks"
    lines = [line for name in ("samples", "humaneval") for line in (tasks / name / "items.jsonl").read_text().splitlines()]
    items = [json.loads(line) for line in lines]
    items += [{"task": "code", "response": source, "reference": {"inputs": [""], "outputs": ["50000"]}} for source in SOURCES]
    for item in items:
        item["limits"] = {"cpu_seconds": 0.1} | item.get("limits", {})
    return [items[number % len(items)] for number in range(count)]


def verify(url, item):
    request = urllib.request.Request(f"{url}/v1/verify", json.dumps({"items": [item], "detail": "full"}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        result = json.load(reply)["results"][0]
    del result["timing"]
    return result


def busy():
    while True:
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8300")
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--repetitions", type=int, default=10)
    arguments = parser.parse_args()

    items = mixed(arguments.items)
    expected = [verify(arguments.url, item) for item in items]
    load = [multiprocessing.Process(target=busy, daemon=True) for _ in range(os.cpu_count())]
    for process in load:
        process.start()
    different = 0
    for repetition in range(arguments.repetitions):
        for in_flight in (1, 64):
            with ThreadPoolExecutor(in_flight) as pool:
                results = list(pool.map(lambda item: verify(arguments.url, item), items))
            for number, (one, other) in enumerate(zip(expected, results)):
                if one != other:
                    different += 1
                    print(f"item {number}, {in_flight} in flight, repetition {repetition}:\n  {one}\n  {other}")
            print(f"repetition {repetition + 1}, {in_flight} in flight: {different} of {len(items)} differ so far", flush=True)
    for process in load:
        process.terminate()
    outcomes = {}
    for result in expected:
        outcomes[result["reason"]] = outcomes.get(result["reason"], 0) + 1
    print(f"{len(items)} items, {2 * arguments.repetitions} times: {different} results differ; {outcomes}")
    sys.exit(1 if different else 0)


main()
