#!/usr/bin/python3
"""Writes what Keras would compute, for tests that hold our networks against it.

TensorFlow is not needed: the networks are worked out here with PyTorch, layer by layer as keras.applications describes
them (keras/src/applications/efficientnet.py, efficientnet_v2.py), and h5py, which Keras writes its files with, writes the
weights in the layouts of Keras 2 (legacy_h5_format.py) and Keras 3 (saving_lib.py).
Debian: apt-get install python3-torch python3-h5py, run by /usr/bin/python3.

  export_keras.py OUT            the small files that the repository keeps
  export_keras.py OUT --all      every EfficientNet of keras.applications, at its own size and at an odd one

A folder a case, with random weights and non-trivial batch-norm statistics:
  case.json     model (an architecture file or a name), classes, weights (files that all hold the same)
  input.npy     pixels [N, 3, H, W] in 0..255, as decoded
  logits.npy    [N, classes], the outputs before softmax
"""
import argparse
import json
import math
import os
import re

import h5py
import numpy as np
import torch
import torch.nn.functional as F

EPSILON = 1e-3
MEAN = [0.485, 0.456, 0.406]
DEVIATION = [0.229, 0.224, 0.225]

# Kernel, repeats, channels in and out, expansion, stride; squeeze-excite 0.25 everywhere.
V1_BLOCKS = [(3, 1, 32, 16, 1, 1), (3, 2, 16, 24, 6, 2), (5, 2, 24, 40, 6, 2), (3, 3, 40, 80, 6, 2),
             (5, 3, 80, 112, 6, 1), (5, 4, 112, 192, 6, 2), (3, 1, 192, 320, 6, 1)]
# The same with whether it is fused (without squeeze-excite then).
V2_BASE = [(3, 1, 32, 16, 1, 1, True), (3, 2, 16, 32, 4, 2, True), (3, 2, 32, 48, 4, 2, True),
           (3, 3, 48, 96, 4, 2, False), (3, 5, 96, 112, 6, 1, False), (3, 8, 112, 192, 6, 2, False)]
V2_S = [(3, 2, 24, 24, 1, 1, True), (3, 4, 24, 48, 4, 2, True), (3, 4, 48, 64, 4, 2, True),
        (3, 6, 64, 128, 4, 2, False), (3, 9, 128, 160, 6, 1, False), (3, 15, 160, 256, 6, 2, False)]
V2_M = [(3, 3, 24, 24, 1, 1, True), (3, 5, 24, 48, 4, 2, True), (3, 5, 48, 80, 4, 2, True),
        (3, 7, 80, 160, 4, 2, False), (3, 14, 160, 176, 6, 1, False), (3, 18, 176, 304, 6, 2, False),
        (3, 5, 304, 512, 6, 1, False)]
V2_L = [(3, 4, 32, 32, 1, 1, True), (3, 7, 32, 64, 4, 2, True), (3, 7, 64, 96, 4, 2, True),
        (3, 10, 96, 192, 4, 2, False), (3, 19, 192, 224, 6, 1, False), (3, 25, 224, 384, 6, 2, False),
        (3, 7, 384, 640, 6, 1, False)]
# Width, depth, published size.
V1 = {"EfficientNetB0": (1.0, 1.0, 224), "EfficientNetB1": (1.0, 1.1, 240), "EfficientNetB2": (1.1, 1.2, 260),
      "EfficientNetB3": (1.2, 1.4, 300), "EfficientNetB4": (1.4, 1.8, 380), "EfficientNetB5": (1.6, 2.2, 456),
      "EfficientNetB6": (1.8, 2.6, 528), "EfficientNetB7": (2.0, 3.1, 600)}
V2 = {"EfficientNetV2B0": (1.0, 1.0, 224, V2_BASE), "EfficientNetV2B1": (1.0, 1.1, 240, V2_BASE),
      "EfficientNetV2B2": (1.1, 1.2, 260, V2_BASE), "EfficientNetV2B3": (1.2, 1.4, 300, V2_BASE),
      "EfficientNetV2S": (1.0, 1.0, 384, V2_S), "EfficientNetV2M": (1.0, 1.0, 480, V2_M),
      "EfficientNetV2L": (1.0, 1.0, 480, V2_L)}


class Layer:
    def __init__(self, kind, name, variables):
        self.kind, self.name, self.variables = kind, name, variables

    def snake_case(self):
        name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", self.kind)
        return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


class Model:
    """Works out a network on its input while it draws the weights; channels are last, as in Keras. The weights are float32,
    the arithmetic is of doubles, so that what differs is not this script's rounding."""

    def __init__(self, images, seed):
        self.random = np.random.default_rng(seed)
        self.layers = [Layer("InputLayer", "input_1", [])]
        
    def add(self, kind, name, **variables):
        self.layers.append(Layer(kind, name, [(key, np.asarray(value)) for key, value in variables.items()]))
        return [torch.from_numpy(np.asarray(value)).double() for value in variables.values()]

    def draw(self, *shape, scale):
        return (self.random.standard_normal(shape) * scale).astype(np.float32)

    def rescaling(self, x, scale, offset=0.0):
        count = sum(layer.kind == "Rescaling" for layer in self.layers)
        self.add("Rescaling", "rescaling" + (f"_{count}" if count else ""))
        return x * torch.tensor(scale, dtype=torch.float64) + offset

    def zero_padding(self, x, kernel, name):
        """imagenet_utils.correct_pad"""
        self.add("ZeroPadding2D", name)
        half = kernel // 2
        height, width = (1 - x.shape[1] % 2, 1 - x.shape[2] % 2)
        return F.pad(x, (0, 0, half - width, half, half - height, half))

    def same(self, x, kernel, stride):
        """TensorFlow's rule: what is missing, the odd row at the end."""
        pads = []
        for size in (x.shape[2], x.shape[1]):
            total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            pads += [total // 2, total - total // 2]
        return F.pad(x, (0, 0, *pads))

    def conv(self, x, filters, kernel, name, stride=1, padding="same", bias=False):
        inputs = x.shape[3]
        weights = {"kernel": self.draw(kernel, kernel, inputs, filters, scale=math.sqrt(2 / (kernel * kernel * inputs)))}
        if bias:
            weights["bias"] = self.draw(filters, scale=0.1)
        tensors = self.add("Conv2D", name, **weights)
        if padding == "same":
            x = self.same(x, kernel, stride)
        y = F.conv2d(x.permute(0, 3, 1, 2), tensors[0].permute(3, 2, 0, 1), tensors[1] if bias else None, stride)
        return y.permute(0, 2, 3, 1)

    def depthwise(self, x, kernel, name, stride, padding):
        channels = x.shape[3]
        weight, = self.add("DepthwiseConv2D", name,
                           depthwise_kernel=self.draw(kernel, kernel, channels, 1, scale=math.sqrt(2) / kernel))
        if padding == "same":
            x = self.same(x, kernel, stride)
        y = F.conv2d(x.permute(0, 3, 1, 2), weight.permute(2, 3, 0, 1), None, stride, groups=channels)
        return y.permute(0, 2, 3, 1)

    def norm(self, x, name):
        """Statistics near the activations' own, so that a deep network neither explodes nor dies out."""
        channels = x.shape[3]
        uniform = lambda: self.random.uniform(0.5, 1.5, channels).astype(np.float32)
        spread = (x.std((0, 1, 2), unbiased=False).numpy() + 0.3).astype(np.float32)
        centre = x.mean((0, 1, 2)).numpy().astype(np.float32)
        gamma, beta, mean, variance = self.add(
            "BatchNormalization", name, gamma=uniform(), beta=self.draw(channels, scale=0.1),
            moving_mean=centre + self.draw(channels, scale=0.1) * spread, moving_variance=spread ** 2 * uniform())
        return (x - mean) / torch.sqrt(variance + EPSILON) * gamma + beta

    def swish(self, x, name):
        self.add("Activation", name)
        return x * torch.sigmoid(x)

    def squeeze_excite(self, x, reduced, name):
        self.add("GlobalAveragePooling2D", name + "se_squeeze")
        self.add("Reshape", name + "se_reshape")
        gate = x.mean((1, 2), keepdim=True)
        gate = self.conv(gate, reduced, 1, name + "se_reduce", bias=True)
        gate = self.conv(gate * torch.sigmoid(gate), x.shape[3], 1, name + "se_expand", bias=True)
        self.add("Multiply", name + "se_excite")
        return x * torch.sigmoid(gate)

    def residual(self, x, inputs, index, name):
        if index > 0:
            self.add("Dropout", name + "drop")
        self.add("Add", name + "add")
        return x + inputs

    def top(self, x, filters, classes):
        x = self.conv(x, filters, 1, "top_conv")
        x = self.swish(self.norm(x, "top_bn"), "top_activation")
        self.add("GlobalAveragePooling2D", "avg_pool")
        self.add("Dropout", "top_dropout")
        kernel, bias = self.add("Dense", "predictions", kernel=self.draw(filters, classes, scale=1 / math.sqrt(filters)),
                                bias=self.draw(classes, scale=0.1))
        return x.mean((1, 2)) @ kernel + bias


def build_v1(images, blocks, stem, head, classes, width=1.0, depth=1.0):
    def filters(count):
        count *= width
        rounded = max(8, int(count + 4) // 8 * 8)
        return int(rounded + 8 if rounded < 0.9 * count else rounded)

    model = Model(images, 7)
    x = model.rescaling(images, 1 / 255)
    # The published weights have the deviations where the variances belong; a second rescaling mends that.
    mean, variance, _ = model.add("Normalization", "normalization", mean=np.array(MEAN, np.float32),
                                  variance=np.array(DEVIATION, np.float32), count=np.array(0, np.int64))
    x = (x - mean) / torch.sqrt(variance)
    x = model.rescaling(x, [1 / math.sqrt(deviation) for deviation in DEVIATION])
    x = model.zero_padding(x, 3, "stem_conv_pad")
    x = model.conv(x, filters(stem), 3, "stem_conv", stride=2, padding="valid")
    x = model.swish(model.norm(x, "stem_bn"), "stem_activation")
    index = 0
    for stage, (kernel, repeats, inputs, outputs, expand, stride) in enumerate(blocks):
        for position in range(math.ceil(depth * repeats)):
            strides = stride if position == 0 else 1
            channels = filters(inputs if position == 0 else outputs)
            name = f"block{stage + 1}{chr(position + 97)}_"
            start = x
            if expand != 1:
                x = model.conv(x, channels * expand, 1, name + "expand_conv")
                x = model.swish(model.norm(x, name + "expand_bn"), name + "expand_activation")
            if strides == 2:
                x = model.zero_padding(x, kernel, name + "dwconv_pad")
            x = model.depthwise(x, kernel, name + "dwconv", strides, "valid" if strides == 2 else "same")
            x = model.swish(model.norm(x, name + "bn"), name + "activation")
            x = model.squeeze_excite(x, max(1, int(channels * 0.25)), name)
            x = model.norm(model.conv(x, filters(outputs), 1, name + "project_conv"), name + "project_bn")
            if strides == 1 and channels == filters(outputs):
                x = model.residual(x, start, index, name)
            index += 1
    return model, model.top(x, filters(head), classes)


def build_v2(images, blocks, head, classes, imagenet_statistics, width=1.0, depth=1.0):
    def filters(count):
        return max(8, int(count * width + 4) // 8 * 8)

    model = Model(images, 8)
    if imagenet_statistics:
        x = model.rescaling(images, 1 / 255)
        model.add("Normalization", "normalization")
        x = (x - torch.tensor(MEAN).double()) / torch.tensor(DEVIATION).double()
    else:
        x = model.rescaling(images, 1 / 128, -1.0)
    x = model.conv(x, filters(blocks[0][2]), 3, "stem_conv", stride=2)
    x = model.swish(model.norm(x, "stem_bn"), "stem_activation")
    index = 0
    for stage, (kernel, repeats, inputs, outputs, expand, stride, fused) in enumerate(blocks):
        for position in range(math.ceil(depth * repeats)):
            strides = stride if position == 0 else 1
            channels = filters(inputs if position == 0 else outputs)
            name = f"block{stage + 1}{chr(position + 97)}_"
            start = x
            if expand != 1:
                x = model.conv(x, channels * expand, kernel if fused else 1, name + "expand_conv",
                               stride=strides if fused else 1)
                x = model.swish(model.norm(x, name + "expand_bn"), name + "expand_activation")
            if fused:
                whole = expand == 1
                x = model.conv(x, filters(outputs), kernel if whole else 1, name + "project_conv",
                               stride=strides if whole else 1)
                x = model.norm(x, name + "project_bn")
                if whole:
                    x = model.swish(x, name + "project_activation")
            else:
                x = model.depthwise(x, kernel, name + "dwconv2", strides, "same")
                x = model.swish(model.norm(x, name + "bn"), name + "activation")
                x = model.squeeze_excite(x, max(1, int(channels * 0.25)), name)
                x = model.norm(model.conv(x, filters(outputs), 1, name + "project_conv"), name + "project_bn")
            if strides == 1 and channels == filters(outputs):
                x = model.residual(x, start, index, name)
            index += 1
    return model, model.top(x, filters(head), classes)


def write_legacy(model, path, whole):
    """Keras 2's save_weights, or save with optimizer state where whole."""
    with h5py.File(path, "w") as file:
        root = file.create_group("model_weights") if whole else file
        root.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        root.attrs["backend"] = b"tensorflow"
        root.attrs["keras_version"] = b"2.12.0"
        for layer in sorted(model.layers, key=lambda each: each.name):
            group = root.create_group(layer.name)
            names = [f"{layer.name}/{key}:0" for key, _ in layer.variables]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, (_, value) in zip(names, layer.variables):
                group.create_dataset(name, data=value)
        if whole:
            file.attrs["model_config"] = b"{}"
            optimizer = file.create_group("optimizer_weights")
            optimizer.attrs["weight_names"] = [b"Adam/iter:0"]
            optimizer.create_dataset("Adam/iter:0", data=np.array(3, np.int64))


def write_saved(model, path, names):
    """Keras 3's .weights.h5: groups by class and count; later versions tell the layers' names besides."""
    with h5py.File(path, "w") as file:
        def variables(where, name, values):
            group = file.create_group(where).create_group("vars") if where else file.create_group("vars")
            if names:
                group.attrs["name"] = name
            for index, value in enumerate(values):
                group[str(index)] = value

        variables("", "efficientnet", [])
        used = {}
        for layer in model.layers:
            kind = layer.snake_case()
            used[kind] = used.get(kind, -1) + 1
            where = f"layers/{kind}" + (f"_{used[kind]}" if used[kind] else "")
            variables(where, layer.name, [value for _, value in layer.variables])
            if layer.kind == "Dropout":
                variables(where + "/seed_generator", "seed_generator", [np.array([1, 2], np.uint32)])
        variables("optimizer", "adam", [np.array(3, np.int64), np.array(0.001, np.float32)])


def pixels(count, height, width):
    return np.random.default_rng(height * width).integers(0, 256, (count, height, width, 3)).astype(np.float32)


def write_case(folder, description, classes, images, model, logits, layouts):
    os.makedirs(folder, exist_ok=True)
    files = []
    for layout in layouts:
        files.append(layout + (".h5" if layout in ("legacy", "whole") else ".weights.h5"))
        path = os.path.join(folder, files[-1])
        if layout in ("legacy", "whole"):
            write_legacy(model, path, layout == "whole")
        else:
            write_saved(model, path, layout == "named")
    with open(os.path.join(folder, "case.json"), "w") as file:
        json.dump({"model": description, "classes": classes, "weights": files}, file)
    np.save(os.path.join(folder, "input.npy"), np.ascontiguousarray(images.transpose(0, 3, 1, 2)))
    np.save(os.path.join(folder, "logits.npy"), logits.numpy().astype(np.float32))
    print(folder)


def write_kinds(path):
    """Element types and byte orders, a list of layers in two pieces, and what can't be read as weights."""
    with h5py.File(path, "w") as file:
        file.attrs["layer_names0"] = [b"halves", b"floats"]
        file.attrs["layer_names1"] = [b"doubles", b"swapped", b"whole", b"chunks", b"empty"]
        file["halves/halves/kernel:0"] = np.array([[1.5, -2.0, 65504.0]], np.float16)
        file["floats/floats/depthwise_kernel:0"] = np.array([0.1, -3.25], np.float32)
        file["doubles/doubles/kernel"] = np.array(1 / 3, np.float64)
        file["swapped/swapped/bias:0"] = np.array([1.0, 2.5], ">f4")
        file["whole/whole/count:0"] = np.array([7], np.int64)
        file.create_dataset("chunks/chunks/kernel:0", data=np.arange(8, dtype=np.float32), chunks=(4,))
        file.create_dataset("empty/empty/kernel:0", shape=(0, 3), dtype=np.float32)


def write_small(out):
    images = pixels(2, 24, 21)
    with torch.no_grad():
        blocks = [(3, 1, 8, 8, 1, 1), (5, 2, 8, 8, 2, 2)]
        case = build_v1(torch.from_numpy(images).double(), blocks, 8, 16, 5)
        write_case(os.path.join(out, "tiny-v1"), "tiny-v1.yaml", 5, images, *case, ["whole", "counted"])
        blocks = [(3, 2, 8, 8, 1, 1, True), (3, 1, 8, 8, 2, 2, True), (3, 1, 8, 16, 4, 2, False)]
        case = build_v2(torch.from_numpy(images).double(), blocks, 16, 5, True)
        write_case(os.path.join(out, "tiny-v2"), "tiny-v2.yaml", 5, images, *case, ["named"])
    write_kinds(os.path.join(out, "kinds.h5"))


def write_all(out):
    def case(name, size, published, build):
        images = pixels(1, size, size)
        with torch.no_grad():
            model, logits = build(torch.from_numpy(images).double())
        layouts = ["legacy"] if published else ["counted", "named"]
        write_case(os.path.join(out, f"{name}-{size}"), name, 10, images, model, logits, layouts)

    for name, (width, depth, published) in V1.items():
        for size in (published, 193):
            case(name, size, size == published, lambda x: build_v1(x, V1_BLOCKS, 32, 1280, 10, width, depth))
    for name, (width, depth, published, blocks) in V2.items():
        for size in (published, 193):
            case(name, size, size == published,
                 lambda x: build_v2(x, blocks, 1280, 10, "V2B" in name, width, depth))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    (write_all if arguments.all else write_small)(arguments.out)


if __name__ == "__main__":
    main()
