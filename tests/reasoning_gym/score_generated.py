"""Scores generated items with the Python original, to show that its scorers accept what Gavel makes.

    gavel generate --all --count 100 --seed 1 -o items.jsonl
    pip install reasoning-gym==0.1.25
    python tests/reasoning_gym/score_generated.py items.jsonl

Prints, for each dataset, how many of its items score 1 with their own answers, and exits with 1 if that is less than 99 % of any. Also compares the ranges in `difficulty` with what the package
puts there for its default configuration, which only makes sense for items of the default configuration.
"""

import argparse
import json
import sys
from collections import defaultdict

import reasoning_gym


def listed(value):
    """Tuples as lists, as JSON has them."""
    return json.loads(json.dumps(value, default=str))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", help="what `gavel generate` wrote")
    parser.add_argument("--difficulty", action="store_true", help="compare `difficulty` too")
    arguments = parser.parse_args()

    right, total, faults = defaultdict(int), defaultdict(int), defaultdict(list)
    with open(arguments.items, encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            name, entry = item["task"].removeprefix("logic/"), item["reference"]
            total[name] += 1
            try:
                score = reasoning_gym.get_score_answer_fn(name)(entry["answer"], entry)
            except Exception as error:  # whatever the package raises is a finding
                score = repr(error)
            if score == 1:
                right[name] += 1
            else:
                faults[name].append(f"{item['id']}: {score}")

    if arguments.difficulty:
        for name in total:
            theirs = listed(reasoning_gym.create_dataset(name, seed=1, size=1)[0]["metadata"].get("difficulty"))
            with open(arguments.items, encoding="utf-8") as lines:
                ours = next(json.loads(line)["reference"]["metadata"].get("difficulty") for line in lines if f'"task":"logic/{name}"' in line)
            if ours != theirs:
                print(f"{name}: difficulty {ours}, the package has {theirs}")

    failed = False
    for name in sorted(total):
        bad = right[name] < 0.99 * total[name]
        failed |= bad
        print(f"{name:28s} {right[name]:4d} of {total[name]:4d}{'  TOO FEW: ' + '; '.join(faults[name][:3]) if bad else ''}")
    sys.exit(1 if failed else 0)


main()
