"""Reads an event folder of a training run with TensorBoard's own reader and prints what it finds.

Needs the PyPI package `tensorboard` (checked with 2.21). Usage: python tests/trainer/read_tensorboard.py FOLDER
One line a value: `tag step value`. Fails when a record is torn or a checksum is wrong.
"""

import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def main() -> None:
    events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0})
    events.Reload()
    for tag in sorted(events.Tags()["scalars"]):
        for event in events.Scalars(tag):
            print(tag, event.step, event.value)
    for tag in sorted(events.Tags()["tensors"]):
        for event in events.Tensors(tag):
            print(tag, event.step, event.tensor_proto.string_val[0].decode())


if __name__ == "__main__":
    main()
