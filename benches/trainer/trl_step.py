"""CPU time and memory of a step of TRL's GRPOTrainer on one thread: the other side of `cargo bench -p gavel-trainer --bench step`.

A step is 8 prompts with 8 responses of 128 tokens each, a reference model, one update by AdamW, and rewards by HTTP from a verification server, whose time is not
counted. FOLDER is what `cargo bench -p gavel-trainer --bench step -- make FOLDER URL` made: a model that never ends a response, and items.

    pip install torch==2.15.0 transformers==5.23.0 trl==1.16.0 datasets==5.2.0
    taskset -c 0 python benches/trainer/trl_step.py FOLDER URL
"""

import argparse
import http.client
import json
import os
import pathlib
import statistics
import tempfile
import time
import urllib.parse

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import torch
from datasets import Dataset
from transformers import TrainerCallback
from trl import GRPOConfig, GRPOTrainer

PROMPTS, GROUP, TOKENS = 8, 8, 128
WARM_UP, MEASURED = 2, 7


class Verifier:
    """Asks a server for the scores of a batch, over one connection."""

    def __init__(self, url):
        parts = urllib.parse.urlparse(url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port)
        self.differing = 0

    def __call__(self, prompts, completions, item, **_):
        items = [dict(json.loads(text), response=completion[0]["content"]) for text, completion in zip(item, completions, strict=True)]
        self.connection.request("POST", "/v1/verify", json.dumps({"items": items}), {"content-type": "application/json"})
        results = json.load(self.connection.getresponse())["results"]
        assert all(result["outcome"] == "graded" for result in results), "every response is graded"
        scores = [result["score"] for result in results]
        groups = [scores[at : at + GROUP] for at in range(0, len(scores), GROUP)]
        self.differing += sum(len(set(group)) > 1 for group in groups)
        return scores


class Watch(TrainerCallback):
    """Looks at the process's CPU time when a step is done, and at what it did."""

    def __init__(self):
        self.times = []

    def on_train_begin(self, args, state, control, **_):
        self.times.append(time.process_time())

    def on_step_end(self, args, state, control, **_):
        self.times.append(time.process_time())

    def on_log(self, args, state, control, logs, **_):
        if "completions/mean_length" in logs:
            assert logs["completions/mean_length"] == TOKENS, logs


def peak_mib():
    """The most memory that was resident at once, as the kernel counts it."""
    status = pathlib.Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) // 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("url")
    parser.add_argument("--micro-batch", type=int, default=64, help="responses that go through the model at once to learn")
    parser.add_argument("--checkpointing", action="store_true", help="gradient checkpointing: less memory, more time")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    lines = (args.folder / "items.jsonl").read_text().splitlines()
    prompts = [[{"role": "user", "content": json.loads(line)["prompt"]}] for line in lines]
    verifier, watch = Verifier(args.url), Watch()
    with tempfile.TemporaryDirectory() as output:
        config = GRPOConfig(
            output_dir=output,
            max_steps=WARM_UP + MEASURED,
            per_device_train_batch_size=args.micro_batch,
            gradient_accumulation_steps=PROMPTS * GROUP // args.micro_batch,
            num_generations=GROUP,
            max_completion_length=TOKENS,
            temperature=1.0,
            top_p=1.0,
            top_k=0,
            beta=0.04,
            learning_rate=1e-6,
            weight_decay=0.01,
            use_cpu=True,
            bf16=False,
            activation_checkpointing=args.checkpointing,
            logging_steps=1,
            save_strategy="no",
            report_to=[],
            disable_tqdm=True,
            seed=1,
        )
        trainer = GRPOTrainer(
            model=str(args.folder / "model"),
            reward_funcs=verifier,
            args=config,
            train_dataset=Dataset.from_dict({"prompt": prompts, "item": lines}),
            callbacks=[watch],
        )
        assert trainer.model.dtype == torch.float32, trainer.model.dtype
        assert trainer.ref_model is not None
        trainer.train()
    steps = [end - start for start, end in zip(watch.times, watch.times[1:])][WARM_UP:]
    assert len(steps) == MEASURED
    assert verifier.differing > 0, "rewards differ within groups"
    step = statistics.median(steps)
    print(f"{'step, 8 prompts x 8 responses x 128 tokens':<44} {step:>9.2f} CPU-seconds")
    print(f"{'the same, in drawn tokens':<44} {PROMPTS * GROUP * TOKENS / step:>9.0f} tokens per CPU-second")
    print(f"{'most memory of the step':<44} {peak_mib():>9} MiB")


if __name__ == "__main__":
    main()
