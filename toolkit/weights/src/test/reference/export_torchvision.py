#!/usr/bin/python3
"""Writes what torchvision computes, for tests that hold our networks against it.

Needs torch and torchvision (Debian: apt-get install python3-torch python3-torchvision, run by /usr/bin/python3).

  export_torchvision.py OUT            the two tiny networks whose results the repository keeps
  export_torchvision.py OUT --all      every published EfficientNet of torchvision, at its own size and at an odd one

A folder a case, with random weights and non-trivial batch-norm statistics:
  case.json            model (an architecture file or a name), classes
  weights.safetensors  the state dict by torchvision's names
  input.npy            [N, 3, H, W]
  logits.npy           [N, classes], evaluation mode
and, where gradients are asked for, with dropout and stochastic depth off:
  labels.npy           [N]
  loss.npy             mean cross-entropy in training mode
  gradients.safetensors
"""
import argparse
import json
import os
import struct
from functools import partial

import numpy as np
import torch
import torchvision
from torchvision.models.efficientnet import EfficientNet, FusedMBConvConfig, MBConvConfig

CLASSES = 10
# name: published evaluation size, an odd one, whether gradients are written
PUBLISHED = {
    "efficientnet_b0": (224, 193, True),
    "efficientnet_b1": (240, 193, False),
    "efficientnet_b2": (260, 193, False),
    "efficientnet_b3": (300, 193, False),
    "efficientnet_b4": (380, 193, False),
    "efficientnet_b5": (456, 193, False),
    "efficientnet_b6": (528, 193, False),
    "efficientnet_b7": (600, 193, False),
    "efficientnet_v2_s": (384, 193, True),
    "efficientnet_v2_m": (480, 193, False),
    "efficientnet_v2_l": (480, 193, False),
}


def tiny_v1():
    blocks = [MBConvConfig(1, 3, 1, 8, 8, 1), MBConvConfig(4, 5, 2, 8, 16, 2), MBConvConfig(6, 3, 2, 16, 16, 2)]
    return tiny(blocks)


def tiny_v2():
    blocks = [FusedMBConvConfig(1, 3, 1, 8, 8, 2), FusedMBConvConfig(2, 3, 2, 8, 16, 2), MBConvConfig(4, 3, 2, 16, 24, 2)]
    return tiny(blocks)


def tiny(blocks):
    return EfficientNet(blocks, dropout=0, stochastic_depth_prob=0, num_classes=CLASSES, last_channel=32,
                        norm_layer=partial(torch.nn.BatchNorm2d, eps=1e-3))


def save_tensors(tensors, path):
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        values = np.ascontiguousarray(tensor.detach().numpy().astype(np.float32))
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        blobs.append(values.tobytes())
        offset += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def unsettle(model):
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.1)
            torch.nn.init.normal_(module.running_mean, 0, 0.1)
            torch.nn.init.uniform_(module.running_var, 0.5, 1.5)
        elif isinstance(module, torch.nn.Dropout) or type(module).__name__ == "StochasticDepth":
            module.p = 0.0


def export(model, description, size, batch, gradients, folder):
    torch.manual_seed(7)
    unsettle(model)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "case.json"), "w") as file:
        json.dump({"model": description, "classes": CLASSES}, file)
    state = {name: value for name, value in model.state_dict().items() if not name.endswith("num_batches_tracked")}
    save_tensors(state, os.path.join(folder, "weights.safetensors"))
    images = torch.randn(batch, 3, size, size)
    np.save(os.path.join(folder, "input.npy"), images.numpy())
    model.eval()
    with torch.no_grad():
        np.save(os.path.join(folder, "logits.npy"), model(images).numpy())
    if gradients:
        model.train()
        labels = torch.arange(batch) % CLASSES
        loss = torch.nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        np.save(os.path.join(folder, "labels.npy"), labels.numpy().astype(np.float32))
        np.save(os.path.join(folder, "loss.npy"), loss.detach().numpy())
        save_tensors({n: p.grad for n, p in model.named_parameters()}, os.path.join(folder, "gradients.safetensors"))
    print(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    if arguments.all:
        for name, (published, odd, gradients) in PUBLISHED.items():
            for size in (published, odd):
                model = getattr(torchvision.models, name)(num_classes=CLASSES)
                with_gradients = gradients and size == odd
                export(model, name, size, 2, with_gradients, os.path.join(arguments.out, f"{name}-{size}"))
    else:
        export(tiny_v1(), "tiny-v1.yaml", 33, 3, True, os.path.join(arguments.out, "tiny-v1"))
        export(tiny_v2(), "tiny-v2.yaml", 40, 3, True, os.path.join(arguments.out, "tiny-v2"))


if __name__ == "__main__":
    main()
