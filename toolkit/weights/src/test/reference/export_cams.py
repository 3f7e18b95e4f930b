"""Writes Grad-CAMs that PyTorch computes for torchvision's networks, with the weights of export_families.py.

Usage: python3 export_cams.py OUT.json

One file: a list of cases with model, classes, height, width, the layer by EfficientNet4J's name, the class of each of two
images, their probabilities and the maps before any resizing. Needs torch and torchvision.
"""

import json
import sys

import numpy as np
import torch

from export_families import fill, hashed, network

CASES = [
    # model, height, width, layer, torchvision's module
    ("efficientnet_b0", 96, 75, "last", lambda net: net.features[8]),
    ("efficientnet_b0", 96, 75, "stride16", lambda net: net.features[5]),
    ("resnet18", 65, 96, "last", lambda net: net.layer4),
    ("resnet50", 64, 64, "stride16", lambda net: net.layer3),
    ("mobilenet_v2", 96, 75, "last", lambda net: net.features[18]),
    ("vgg11_bn", 48, 64, "last", lambda net: net.features),
]
CLASSES = 10


def case(model, height, width, layer, module):
    net = network("torchvision", model, CLASSES)
    fill(net)
    net.eval()
    kept = {}

    def keep(_, __, output):
        kept["map"] = output
        output.retain_grad()

    module(net).register_forward_hook(keep)
    images = torch.from_numpy(hashed("images", 2 * 3 * height * width).reshape(2, 3, height, width))
    logits = net(images)
    labels = [1, 7]
    sum(logits[i, label] for i, label in enumerate(labels)).backward()
    activations, gradient = kept["map"], kept["map"].grad
    maps = torch.relu((gradient.mean((2, 3), keepdim=True) * activations).sum(1)).detach().numpy()
    return {
        "model": model,
        "classes": CLASSES,
        "height": height,
        "width": width,
        "layer": layer,
        "labels": labels,
        "probabilities": torch.softmax(logits, 1).detach().numpy().astype(np.float64).round(7).tolist(),
        "maps": [[[float(f"{value:.7g}") for value in row] for row in rows] for rows in maps],
    }


if __name__ == "__main__":
    torch.manual_seed(0)
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump([case(*each) for each in CASES], file, separators=(",", ":"))
        file.write("\n")
