"""Writes what torchvision, timm and EfficientNet-PyTorch compute with weights that both sides make by a formula, so that no weights are stored.

Usage: python3 export_families.py OUT [--all]

Without --all: the cases of the tests, ten classes each. With --all: every comparison network at its published size and an
odd one. A case is a JSON file: model, library, classes, height, width, logits of two images and, where it has gradients,
for every trainable tensor the Euclidean norm of its gradient and the gradient at a few places; loss is the cross-entropy
of the labels 0 and 1 in training mode without dropout, in double precision. Needs torch, torchvision and timm, and for the
cases of their names efficientnet_pytorch 0.7.1 and efficientnet_lite_pytorch 0.1.0.
"""

import json
import os
import sys
import zlib

import numpy as np
import torch

SAMPLES = 8


def hashed(name, count):
    """Numbers in [-1, 1) by a 32-bit mix of index and name, the same in numpy and in Java."""
    with np.errstate(over="ignore"):
        x = np.arange(count, dtype=np.uint32) * np.uint32(2654435769) + np.uint32(zlib.crc32(name.encode()))
        x ^= x >> np.uint32(16)
        x *= np.uint32(2146121005)
        x ^= x >> np.uint32(15)
        x *= np.uint32(2221713035)
        x ^= x >> np.uint32(16)
    return ((x >> np.uint32(8)).astype(np.float32) / np.float32(1 << 23)) - np.float32(1)


def values(name, shape):
    """A tensor's values: variances and scales near 1, vectors small, kernels as large as keeps activations' size."""
    raw = hashed(name, int(np.prod(shape))).reshape(shape)
    if name.endswith("running_var") or (name.endswith(".weight") and len(shape) == 1):
        return (np.float32(1) + np.float32(0.5) * raw).astype(np.float32)
    if len(shape) == 1:
        return (np.float32(0.1) * raw).astype(np.float32)
    fan_in = int(np.prod(shape[1:]))
    return (np.float32(np.sqrt(6.0 / fan_in)) * raw).astype(np.float32)


def network(library, model, classes):
    if library == "timm":
        import timm

        return timm.create_model(model, pretrained=False, num_classes=classes)
    if library == "efficientnet_pytorch":
        # Padding by the image's size, not by a size fixed beforehand; no stochastic depth, as for the others.
        if "lite" in model:
            from efficientnet_lite_pytorch import EfficientNet
        else:
            from efficientnet_pytorch import EfficientNet
        return EfficientNet.from_name(
            model.replace("_", "-"), num_classes=classes, image_size=None, drop_connect_rate=0.0
        )
    import torchvision

    more = {"aux_logits": False, "init_weights": False} if model == "googlenet" else {}
    return getattr(torchvision.models, model)(num_classes=classes, **more)


def fill(net):
    with torch.no_grad():
        for name, tensor in net.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                tensor.copy_(torch.from_numpy(values(name, tuple(tensor.shape))))


def case(library, model, classes, height, width, gradients):
    net = network(library, model, classes)
    fill(net)
    for module in net.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    images = torch.from_numpy(hashed("images", 2 * 3 * height * width).reshape(2, 3, height, width))
    net.eval()
    with torch.no_grad():
        logits = net(images)
    result = {
        "model": model,
        "library": library,
        "classes": classes,
        "height": height,
        "width": width,
        "logits": [[float(x) for x in row] for row in logits],
    }
    if gradients:
        # In double precision: batch norms over two small images magnify rounding.
        net.double().train()
        loss = torch.nn.functional.cross_entropy(net(images.double()), torch.tensor([0, 1]))
        loss.backward()
        result["loss"] = loss.item()
        result["gradients"] = {}
        for name, parameter in net.named_parameters():
            flat = parameter.grad.reshape(-1)
            places = [int(i) for i in np.linspace(0, len(flat) - 1, SAMPLES).astype(int)]
            result["gradients"][name] = {
                "norm": float(flat.double().norm()),
                "places": places,
                "values": [float(flat[i]) for i in places],
            }
    return result


TESTED = [
    ("torchvision", "alexnet", 10, 95, 127, False),
    ("torchvision", "vgg11", 10, 64, 49, False),
    ("torchvision", "vgg11_bn", 10, 48, 64, True),
    ("torchvision", "googlenet", 10, 97, 64, True),
    ("torchvision", "resnet18", 10, 65, 96, True),
    ("torchvision", "resnet50", 10, 64, 64, True),
    ("torchvision", "mobilenet_v2", 10, 96, 75, True),
    ("timm", "tf_efficientnet_lite0", 10, 96, 75, True),
    ("timm", "tf_efficientnet_lite1", 10, 64, 64, False),
    ("efficientnet_pytorch", "efficientnet_b0", 10, 96, 75, True),
    ("efficientnet_pytorch", "efficientnet_b1", 10, 64, 64, False),
    ("efficientnet_pytorch", "efficientnet_lite0", 10, 65, 96, False),
]

EVERY = (
    [("torchvision", m) for m in ("alexnet", "vgg11", "vgg13", "vgg16", "vgg19")]
    + [("torchvision", m) for m in ("vgg11_bn", "vgg13_bn", "vgg16_bn", "vgg19_bn", "googlenet", "mobilenet_v2")]
    + [("torchvision", m) for m in ("resnet18", "resnet34", "resnet50", "resnet101", "resnet152")]
    + [("timm", "tf_efficientnet_lite%d" % i) for i in range(5)]
    + [("efficientnet_pytorch", "efficientnet_b%d" % i) for i in range(8)]
    + [("efficientnet_pytorch", "efficientnet_lite%d" % i) for i in range(5)]
)


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    torch.manual_seed(0)
    cases = TESTED
    if "--all" in sys.argv:
        cases = [(library, m, 1000, h, w, False) for library, m in EVERY for h, w in ((224, 224), (193, 131))]
    for library, model, classes, height, width, gradients in cases:
        prefix = "efficientnet_pytorch-" if library == "efficientnet_pytorch" else ""
        name = "%s%s-%dx%d.json" % (prefix, model, height, width)
        with open(os.path.join(out, name), "w") as file:
            json.dump(case(library, model, classes, height, width, gradients), file)
            file.write("\n")
        print(name, flush=True)


if __name__ == "__main__":
    main()
