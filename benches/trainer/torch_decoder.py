"""Speed of PyTorch and of Hugging Face's `generate` on one thread, in tokens per second of CPU time.

The other side of `cargo bench -p gavel-policy` and `cargo bench -p gavel-trainer --bench update`: the same shape, tokens and lines. Training is one forward and
backward pass over 16 sequences of 256 tokens, all but the first token counting in the loss, without and with an update by the fused AdamW; in the line of a group, only the
last 128 count. Generation is 128 tokens to each of 16 or 64 prompts of 16 tokens, sampled from the whole distribution at temperature 1, with no token that ends
a response.

    pip install torch==2.15.0 transformers==5.23.0
    python benches/trainer/torch_decoder.py
"""

import argparse
import statistics
import time

import torch
from torch.nn.functional import cross_entropy
from transformers import GenerationConfig, Qwen2Config, Qwen2ForCausalLM

SHAPE = dict(
    vocab_size=512,
    hidden_size=256,
    intermediate_size=1024,
    num_hidden_layers=4,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=512,
    rms_norm_eps=1e-6,
    rope_parameters={"rope_type": "default", "rope_theta": 10_000.0},
    tie_word_embeddings=True,
    bos_token_id=None,
    eos_token_id=None,
    pad_token_id=0,
)


def tokens(count, salt):
    return [(at * 37 + salt * 101 + at * at * 7) % 512 for at in range(count)]


def measure(runs, work):
    """The median CPU time of some runs, in seconds, after one that does not count."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def report(what, count, seconds):
    print(f"{what:<44} {count / seconds:>9.0f} tokens per CPU-second", flush=True)


def train(model, rows, prompt, optimizer=None):
    """Forward and backward; log-probabilities are computed of the tokens after the prompt only."""
    targets = rows[:, prompt:]

    def step():
        logits = model(input_ids=rows, use_cache=False, logits_to_keep=targets.shape[1] + 1).logits[:, :-1]
        cross_entropy(logits.flatten(0, 1), targets.flatten()).backward()
        if optimizer:
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        model.zero_grad()

    return measure(5, step)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attention", default="sdpa", choices=["sdpa", "eager"])
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.manual_seed(1)
    model = Qwen2ForCausalLM(Qwen2Config(**SHAPE, attn_implementation=args.attention)).float()
    model.train()
    rows = torch.tensor([tokens(256, salt) for salt in range(16)])
    report("train, 16 x 256", rows.numel(), train(model, rows, 1))
    shared = torch.tensor([tokens(128, 99)] * 16)
    report("train, a group of 16: 128 shared + 128 each", rows.numel(), train(model, torch.cat([shared, rows[:, :128]], 1), 128))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-6, weight_decay=0.01, fused=True)
    report("train and update, 16 x 256", rows.numel(), train(model, rows, 1, optimizer))
    model.eval()
    model.generation_config = GenerationConfig(do_sample=True, temperature=1.0, top_k=0, top_p=1.0, max_new_tokens=128, pad_token_id=0)
    for count in [16, 64]:
        prompts = torch.tensor([tokens(16, salt) for salt in range(count)])
        made = []
        seconds = measure(3, lambda: made.append(model.generate(input_ids=prompts, attention_mask=torch.ones_like(prompts))))
        assert all(rows.shape == (count, 16 + 128) for rows in made), "every response has its 128 tokens"
        report(f"generate 128 tokens, batch {count}", count * 128, seconds)


if __name__ == "__main__":
    main()
