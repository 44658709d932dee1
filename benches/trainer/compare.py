"""Runs the trainer's benchmarks and the same in PyTorch, Hugging Face and TRL, in turns on one core, and prints medians and ratios.

    pip install torch==2.15.0 transformers==5.23.0 trl==1.16.0 datasets==5.2.0
    gavel serve --listen 127.0.0.1:8300 &
    python benches/trainer/compare.py --server http://127.0.0.1:8300

Speeds are per second of a process's own CPU time: sharing the machine matters less than on the wall clock, but it matters (caches, the core's other thread), so run it where
nothing else does. The server's time is on nobody's account. TRL runs as its defaults say but for single precision and without gradient checkpointing, which costs
it time; `--trl` gives other arguments to `trl_step.py`.
"""

import argparse
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LINE = re.compile(r"^(.{44}) +(\d+(?:\.\d+)?) (tokens per CPU-second|CPU-seconds|MiB)$")

# What a ratio is to be at least: ours over theirs for speeds, theirs over ours for times and memory.
BARS = {
    "train, 16 x 256": 1.1,
    "train and update, 16 x 256": 1.1,
    "generate 128 tokens, batch 64": 1.1,
    "step, 8 prompts x 8 responses x 128 tokens": 1.3,
    "most memory of the step": 3.0,
}


def run(command, core):
    """What a program prints as figures: `{name: (value, unit)}`."""
    done = subprocess.run(["taskset", "-c", str(core), *command], cwd=HERE.parent.parent, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{shlex.join(command)} ended with {done.returncode}")
    matches = filter(None, map(LINE.match, done.stdout.splitlines()))
    return {match[1].strip(): (float(match[2]), match[3]) for match in matches}


def bench(package, name, *arguments):
    return ["cargo", "bench", "--quiet", "--locked", "-p", package, "--bench", name, "--", *arguments]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, metavar="URL", help="a running `gavel serve`")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--parts", nargs="+", default=["decoder", "step"], choices=["decoder", "step"])
    parser.add_argument("--trl", default="", metavar="ARGUMENTS")
    args = parser.parse_args()
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        if "decoder" in args.parts:
            pairs.append(([bench("gavel-policy", "decoder"), bench("gavel-trainer", "step")], [python + [str(HERE / "torch_decoder.py")]]))
        if "step" in args.parts:
            run(bench("gavel-trainer", "step", "make", folder, args.server), args.core)
            theirs = python + [str(HERE / "trl_step.py"), folder, args.server, *shlex.split(args.trl)]
            pairs.append(([bench("gavel-trainer", "step", "run", folder, args.server)], [theirs]))
        seen = {}
        for turn in range(args.rounds):
            for sides in pairs:
                # Who is first changes from round to round.
                for side in (0, 1) if turn % 2 == 0 else (1, 0):
                    for command in sides[side]:
                        for name, (value, unit) in run(command, args.core).items():
                            seen.setdefault((name, unit), ([], []))[side].append(value)
            print(f"round {turn + 1} of {args.rounds} is done", file=sys.stderr)
    print("| what | ours | theirs | ratio | to be at least |\n|---|---|---|---|---|")
    for (name, unit), (ours, theirs) in seen.items():
        if not ours or not theirs:
            continue
        mine, others = statistics.median(ours), statistics.median(theirs)
        ratio = mine / others if unit == "tokens per CPU-second" else others / mine
        print(f"| {name}, {unit} | {mine:g} | {others:g} | {ratio:.2f} | {BARS.get(name, '')} |")


if __name__ == "__main__":
    main()
