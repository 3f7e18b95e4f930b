#!/usr/bin/python3
"""Writes the small PyTorch checkpoints that the tests of the pickle reader use.

Needs torch (Debian: apt-get install python3-torch, run by /usr/bin/python3).

  save_checkpoints.py OUT
"""
import collections
import os
import pickle
import sys

import torch


class Harmful:
    """Would run a command if it were loaded as pickles are."""

    def __reduce__(self):
        return os.system, ("touch harmed",)


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    counting = torch.arange(24, dtype=torch.float32)
    kinds = collections.OrderedDict(
        float=counting[:4].reshape(2, 2),
        double=torch.tensor([1.5, -2.0], dtype=torch.float64),
        half=torch.tensor([1.5, -2.0], dtype=torch.float16),
        bfloat16=torch.tensor([1.5, -2.0], dtype=torch.bfloat16),
        long=torch.tensor(7),
        transposed=counting.reshape(2, 3, 4).permute(2, 0, 1),
        part=counting[10:14],
        scalar=torch.tensor(2.5),
        empty=torch.zeros(0, 3),
        parameter=torch.nn.Parameter(torch.tensor([3.0])),
    )
    torch.save(kinds, os.path.join(out, "kinds.pth"))
    torch.save({k: v for k, v in kinds.items()}, os.path.join(out, "protocol4.pth"), pickle_protocol=4)
    model = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1))
    with torch.no_grad():
        for value in model.state_dict().values():
            value.fill_(1)
    torch.save({"epoch": 3, "best": 0.5, "arch": "x" * 300, "done": True, "none": None, "list": [1, -1, 70000, 1 << 40],
                "state_dict": {"module." + k: v for k, v in model.state_dict().items()}},
               os.path.join(out, "checkpoint.pth"))
    torch.save(model.state_dict(), os.path.join(out, "state.pth"))
    torch.save(model, os.path.join(out, "module.pth"))
    torch.save({"weight": torch.zeros(1), "harm": Harmful()}, os.path.join(out, "harmful.pth"))
    torch.save(kinds, os.path.join(out, "legacy.pth"), _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    main()
