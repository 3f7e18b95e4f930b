#!/usr/bin/python3
"""Writes the small PyTorch checkpoints that the tests of the pickle reader use.

Needs torch, numpy and omegaconf (pip install torch numpy omegaconf, in a virtual environment).

  save_checkpoints.py OUT              every kind of tensor, and harm
  save_checkpoints.py --trainings OUT  checkpoints as training scripts write them
"""
import argparse
import collections
import copy
import os
import pathlib
import pickle
import sys

import torch


class Harmful:
    """Would run a command if it were loaded as pickles are."""

    def __reduce__(self):
        return os.system, ("touch harmed",)


def filled(value):
    """A network all of whose numbers are the value."""
    model = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1))
    with torch.no_grad():
        for tensor in model.state_dict().values():
            tensor.fill_(value)
    return model


def stepped(model):
    """An optimizer with a state."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    sum(parameter.sum() for parameter in model.parameters()).backward()
    optimizer.step()
    return optimizer


def trainings(out):
    """The trained weights are 1, the averaged ones 2."""
    import numpy
    from omegaconf import OmegaConf

    os.makedirs(out, exist_ok=True)
    model, average = filled(1).state_dict(), filled(2)
    optimizer = stepped(filled(1))
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)
    arguments = argparse.Namespace(lr=0.1, output_dir=pathlib.Path("runs/first"), device=torch.device("cpu"))

    def prefixed(prefix, dictionary):
        return collections.OrderedDict((prefix + key, value) for key, value in dictionary.items())

    timm = {"epoch": 3, "arch": "efficientnet_b0", "state_dict": model, "optimizer": optimizer.state_dict(),
            "version": 2, "args": arguments, "amp_scaler": {"scale": 65536.0},
            "state_dict_ema": average.state_dict(), "metric": numpy.float64(71.5)}
    torch.save(timm, os.path.join(out, "timm.pth.tar"))
    torch.save(timm, os.path.join(out, "timm-legacy.pth.tar"), _use_new_zipfile_serialization=False)
    swa = torch.optim.swa_utils.AveragedModel(average)
    torch.save({"model": model, "optimizer": optimizer.state_dict(), "lr_scheduler": scheduler.state_dict(), "epoch": 3,
                "args": arguments, "model_ema": swa.state_dict(), "scaler": None},
               os.path.join(out, "torchvision.pth"))
    torch.save({"epoch": 3, "global_step": 12, "pytorch-lightning_version": "2.5.0",
                "state_dict": prefixed("model._orig_mod.", model), "loops": {"fit_loop": {"state_dict": {}}},
                "callbacks": {"ModelCheckpoint": {"best_model_score": torch.tensor(0.5), "dirpath": pathlib.Path("x")}},
                "optimizer_states": [optimizer.state_dict()], "lr_schedulers": [],
                "hyper_parameters": OmegaConf.create({"model": {"name": "b0", "layers": [1, 2]}})},
               os.path.join(out, "lightning.ckpt"))
    torch.save({"epoch": 3, "model_state_dict": model, "optimizer_state_dict": optimizer.state_dict(),
                "loss": torch.tensor(0.25), "history": numpy.arange(3), "classes": {"cat", "dog"},
                "rng": torch.get_rng_state()[:8], "seen": frozenset([1]), "counts": collections.Counter("aab")},
               os.path.join(out, "tutorial.bin"))
    torch.save({"net": prefixed("module.", model), "acc": 93.1, "epoch": 3}, os.path.join(out, "net.pth"))
    torch.save({"epoch": 3, "ema": copy.deepcopy(average).half(), "model": filled(1), "updates": 7},
               os.path.join(out, "modules.pt"))
    torch.save({**prefixed("module.backbone.", model), "epoch": torch.tensor(3), "loss": torch.tensor(0.25)},
               os.path.join(out, "flat.pth"))
    # Keys that no list has: one is taken, of several one must be chosen.
    torch.save({"network": {"state_dict": prefixed("encoder.", model)}, "epoch": 3}, os.path.join(out, "network.pth"))
    torch.save({"params": model, "params_ema": average.state_dict()}, os.path.join(out, "params.pth"))
    both = {**prefixed("model.", model), **prefixed("ema_model.", average.state_dict())}
    torch.save({"state_dict": both}, os.path.join(out, "both.ckpt"))
    torch.save({"state_dict": {**model, "head.weight": torch.ones(2, dtype=torch.complex64)}},
               os.path.join(out, "complex.pth"))


def main():
    if sys.argv[1] == "--trainings":
        trainings(sys.argv[2])
        return
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
