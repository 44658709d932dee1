"""Reference values for crates/policy from Hugging Face transformers: log-probabilities of tiny Qwen2 and Qwen3 models, and rendered chat templates.

    python3 -m venv venv && venv/bin/pip install torch transformers jinja2
    venv/bin/python tests/policy/against_transformers.py write crates/policy/vectors     # writes logprobs.json and templates.json
    venv/bin/python tests/policy/against_transformers.py read DIRECTORY                   # loads a directory that Gavel wrote

The committed files were written with torch 2.15.0 and transformers 5.23.0 on CPU in float32. Weights are no file: `number` below computes each from its name and
index, and crates/policy/tests/transformers.rs computes the same.
"""

import json
import pathlib
import sys

import torch
import transformers

MASK = (1 << 64) - 1

SHAPE = {"vocab_size": 48, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 2, "max_position_embeddings": 64, "rms_norm_eps": 1e-6}
MODELS = {
    "qwen2_untied": ("Qwen2", {"num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": False}, 10_000.0),
    "qwen2_tied": ("Qwen2", {"num_attention_heads": 6, "num_key_value_heads": 1, "tie_word_embeddings": True}, 1_000_000.0),
    "qwen3_untied": ("Qwen3", {"num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8, "tie_word_embeddings": False}, 1_000_000.0),
    "qwen3_tied": ("Qwen3", {"num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": 16, "tie_word_embeddings": True}, 500.0),
}
SEQUENCES = [
    {"prompt": [1, 5, 9], "response": [7, 7, 30, 2]},
    {"prompt": [47], "response": [0, 46, 3, 3, 3, 12, 21, 40, 8, 2]},
    {"prompt": list(range(3, 33)), "response": [33]},
]
TEMPERATURES = [1.0, 0.7]


def splitmix(state):
    """One output of SplitMix64 (Steele, Lea, Flood 2014)."""
    z = (state + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def fnv(name):
    """64-bit FNV-1a."""
    state = 0xCBF29CE484222325
    for byte in name.encode():
        state = ((state ^ byte) * 0x100000001B3) & MASK
    return state


def number(name, index):
    """The weight at `index` (row-major): norms around 1, all others around 0, large enough that every part matters."""
    uniform = (splitmix((fnv(name) + index) & MASK) >> 40) / (1 << 24) * 2 - 1
    return 1 + 0.5 * uniform if "norm" in name else 0.4 * uniform


def model(kind, fields, theta):
    config = getattr(transformers, f"{kind}Config")(**SHAPE, **fields, rope_parameters={"rope_type": "default", "rope_theta": theta})
    made = getattr(transformers, f"{kind}ForCausalLM")(config).float().eval()
    with torch.no_grad():
        for name, parameter in made.named_parameters():
            values = [number(name, index) for index in range(parameter.numel())]
            parameter.copy_(torch.tensor(values, dtype=torch.float64).float().reshape(parameter.shape))
    return made


def score(made, sequence, temperature):
    ids = torch.tensor([sequence["prompt"] + sequence["response"]])
    with torch.no_grad():
        logits = made(ids).logits[0].double() / temperature
    log_probs = torch.log_softmax(logits, -1)[len(sequence["prompt"]) - 1 : -1]
    picked = [row[token].item() for row, token in zip(log_probs, sequence["response"])]
    return {"temperature": temperature, "logprobs": picked, "entropies": [-(row.exp() * row).sum().item() for row in log_probs]}


QWEN = """\
{%- if messages[0]['role'] == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
{%- else %}
    {{- '<|im_start|>system\\nYou answer briefly.<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""
LLAMA = """\
{{ bos_token }}
{%- if messages[0].role == "system" %}
    {%- set system_message = messages[0].content | trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
<|start_header_id|>system<|end_header_id|>

{{ system_message }}<|eot_id|>
{%- for message in messages %}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
        {{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}
    {%- endif %}
    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'].strip() + '<|eot_id|>' }}
{%- endfor %}
{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>

{% endif %}
"""
THINK = """\
{%- set ns = namespace(last=-1) %}
{%- for message in messages[::-1] %}
    {%- set index = messages|length - 1 - loop.index0 %}
    {%- if ns.last < 0 and message.role == 'user' and message.content is string %}{% set ns.last = index %}{% endif %}
{%- endfor %}
{%- for message in messages %}
    {%- set content = message.content %}
    {%- if message.role == 'assistant' and '</think>' in content and loop.index0 < ns.last %}
        {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
    {%- endif %}
    {{- '[' ~ message.role.upper() ~ '] ' ~ content ~ '\\n' }}
    {%- if loop.index > 8 %}{% break %}{% endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{ '[ASSISTANT] ' }}{% if enable_thinking is defined and not enable_thinking %}{{ '<think></think>' }}{% endif %}{% endif %}
"""
VALUES = """\
{% for message in messages %}
  {{ message | tojson }}
  {# a comment #}
  {{ message | tojson(indent=2) }} {{ message }}
{% endfor %}
{{ add_generation_prompt }} {{ none }} {{ [1, 2.5, 1e20, 0.00001, 100.0, 'it''s', "a\\"b"] }} {{ {'b': [true, none], 'a': {}} | tojson }} {{ undefined_one }}|
{{ {'b': 1, 'a': []} | tojson(sort_keys=true, indent=1) }} {{ ['é<&>\\u0001\\u007f'] | tojson }} {{ 'é😀' | tojson(ensure_ascii=true) }}
   {% if true %}
kept
   {% endif %}
{{ 'a,b,,c'.split(',') }} {{ ' x '.strip() ~ '|' ~ 'abc'.startswith('ab') }} {{ "x".title() }}
"""


def say(*turns):
    return [{"role": role, "content": content} for role, content in turns]


ODD = "  two  spaces\n\n{{ not a template }} <b>&amp;</b> \"quoted\" 'single' \\ é 😀\n"
CONVERSATIONS = [
    say(("user", "What is 2+3?")),
    say(("system", "Answer in a word. "), ("user", ODD)),
    say(("system", ""), ("user", "a"), ("assistant", "<think>\nhm\n</think>\n\nb"), ("user", "c")),
]


def templates():
    from transformers.utils.chat_template_utils import render_jinja_template

    tokens = {"bos_token": "<|begin_of_text|>", "eos_token": "<|im_end|>"}
    cases = []
    for name, template in {"qwen": QWEN, "llama": LLAMA, "think": THINK, "values": VALUES}.items():
        for messages in CONVERSATIONS:
            for open_turn in (False, True):
                for variables in ({}, {"enable_thinking": False}) if name == "think" else ({},):
                    rendered, _ = render_jinja_template([messages], chat_template=template, add_generation_prompt=open_turn, **tokens, **variables)
                    cases.append({"template": name, "messages": messages, "open_turn": open_turn, "variables": variables, "text": rendered[0]})
    return {"tokens": tokens, "templates": {"qwen": QWEN, "llama": LLAMA, "think": THINK, "values": VALUES}, "cases": cases}


def write(folder):
    cases = []
    for name, (kind, fields, theta) in MODELS.items():
        made = model(kind, fields, theta)
        scores = [score(made, sequence, temperature) | {"sequence": number} for number, sequence in enumerate(SEQUENCES) for temperature in TEMPERATURES]
        cases.append({"name": name, "config": made.config.to_dict(), "scores": scores})
    about = f"torch {torch.__version__}, transformers {transformers.__version__}"
    table = {"about": about, "sequences": SEQUENCES, "models": cases}
    (folder / "logprobs.json").write_text(json.dumps(table, indent=1) + "\n")
    (folder / "templates.json").write_text(json.dumps({"about": about} | templates(), indent=1, ensure_ascii=False) + "\n")


def read(directory):
    tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
    made, report = transformers.AutoModelForCausalLM.from_pretrained(directory, output_loading_info=True, dtype=torch.float32)
    wrong = {key: sorted(map(str, value)) for key, value in report.items() if value}
    if wrong:
        sys.exit(f"weights do not fit: {wrong}")
    text = tokenizer.apply_chat_template(CONVERSATIONS[0], add_generation_prompt=True, tokenize=False)
    ids = tokenizer(text)["input_ids"]
    if tokenizer.decode(ids) != text:
        sys.exit(f"tokens do not read back: {text!r} {tokenizer.decode(ids)!r}")
    generation = made.generation_config
    print(json.dumps({
        "model": type(made).__name__, "parameters": made.num_parameters(), "text": text, "ids": ids, "eos": generation.eos_token_id,
        "rope_theta": made.config.to_dict().get("rope_parameters"), "logprobs": score(made, {"prompt": ids[:-3], "response": ids[-3:]}, 1.0)["logprobs"],
    }))


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](pathlib.Path(sys.argv[2]))
