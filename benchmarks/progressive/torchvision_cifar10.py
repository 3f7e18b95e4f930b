"""EfficientNetV2-B0 on CIFAR-10's binary files in torchvision, with the recipe of `run` beside this file.

The network is torchvision's own EfficientNet class with V2-B0's stages. What differs from torchvision's defaults follows
EfficientNet4J's start of a new network: last gamma of every residual branch 0, classifier U(+-1/sqrt(features)), batch
norm epsilon 1e-3, momentum by the run's length, weight decay on convolution and dense kernels only. Writes metrics.csv
with EfficientNet4J's columns; goes on from OUT/last.pt after an interruption.
"""
import argparse
import csv
import math
import os
import time
from functools import partial

import numpy as np
import torch
from torch import nn
from torchvision import transforms
from torchvision.models.efficientnet import EfficientNet, FusedMBConvConfig, MBConvConfig
from torchvision.ops import StochasticDepth

COLUMNS = ["epoch", "step", "trainLoss", "trainAccuracy", "validationLoss", "top1", "top5", "learningRate",
           "imagesPerSecond", "seconds", "size"]
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def network(steps, drop_connect):
    stages = [FusedMBConvConfig(1, 3, 1, 32, 16, 1), FusedMBConvConfig(4, 3, 2, 16, 32, 2),
              FusedMBConvConfig(4, 3, 2, 32, 48, 2), MBConvConfig(4, 3, 2, 48, 96, 3),
              MBConvConfig(6, 3, 1, 96, 112, 5), MBConvConfig(6, 3, 2, 112, 192, 8)]
    momentum = 1 - min(0.99, max(0.9, 1 - 10 / steps))
    net = EfficientNet(stages, dropout=0.2, stochastic_depth_prob=drop_connect, num_classes=10, last_channel=1280,
                       norm_layer=partial(nn.BatchNorm2d, eps=1e-3, momentum=momentum))
    for block in net.modules():
        if getattr(block, "use_res_connect", False):
            norms = [m for m in block.block.modules() if isinstance(m, nn.BatchNorm2d)]
            nn.init.zeros_(norms[-1].weight)
    limit = 1 / math.sqrt(1280)
    nn.init.uniform_(net.classifier[1].weight, -limit, limit)
    nn.init.zeros_(net.classifier[1].bias)
    assert sum(p.numel() for p in net.parameters()) == 7_139_704 - 990 * 1281, "not V2-B0 with 10 classes"
    return net


def images(path):
    raw = np.frombuffer(open(path, "rb").read(), np.uint8).reshape(-1, 3073)
    return torch.from_numpy(raw[:, 1:].reshape(-1, 3, 32, 32).copy()), torch.from_numpy(raw[:, 0].astype(np.int64))


class Dataset(torch.utils.data.Dataset):
    def __init__(self, pixels, labels, size, training):
        self.pixels, self.labels = pixels, labels
        resize = transforms.Resize(size, transforms.InterpolationMode.BICUBIC)
        self.transform = transforms.Compose(
            ([transforms.ToPILImage(), transforms.RandomCrop(32, 4, padding_mode="reflect"),
              transforms.RandomHorizontalFlip()] if training else [transforms.ToPILImage()])
            + [resize, transforms.ToTensor(), transforms.Normalize(MEAN, STD)])

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.transform(self.pixels[index]), self.labels[index]


def evaluate(net, loader, device):
    net.eval()
    right = right5 = count = 0
    loss = 0.0
    with torch.no_grad():
        for x, y in loader:
            y = y.to(device)
            out = net(x.to(device))
            loss += nn.functional.cross_entropy(out, y, reduction="sum").item()
            top = out.topk(5).indices
            right += (top[:, 0] == y).sum().item()
            right5 += (top == y[:, None]).any(1).sum().item()
            count += len(y)
    return loss / count, right / count, right5 / count


def rate(step, steps, warmup, peak):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * 0.5 * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup)))


def save(state, path):
    torch.save(state, path + ".tmp")
    os.replace(path + ".tmp", path)


def write(rows, path):
    with open(path + ".tmp", "w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    os.replace(path + ".tmp", path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    for name, default in (("seed", 1), ("epochs", 12), ("batch", 64), ("size", 80), ("workers", 2), ("threads", 2)):
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--learning-rate", type=float, default=0.003)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    folder = args.data if os.path.exists(os.path.join(args.data, "test_batch.bin")) else os.path.join(
        args.data, "cifar-10-batches-bin")
    os.makedirs(args.out, exist_ok=True)
    last, metrics = os.path.join(args.out, "last.pt"), os.path.join(args.out, "metrics.csv")
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    device = torch.device(args.device)
    training = Dataset(*images(os.path.join(folder, "data_batch_1.bin")), args.size, True)
    validation = Dataset(*images(os.path.join(folder, "test_batch.bin")), args.size, False)
    per_epoch = len(training) // args.batch
    steps = per_epoch * args.epochs
    net = network(steps, 0.1).to(device, memory_format=torch.channels_last)
    kernels = [m.weight for m in net.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    chosen = {id(k) for k in kernels}
    others = [p for p in net.parameters() if id(p) not in chosen]
    optimizer = torch.optim.Adam([{"params": kernels, "weight_decay": 1e-5}, {"params": others}], lr=args.learning_rate)
    rows = []
    if os.path.exists(last):
        state = torch.load(last, map_location=device)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        rows = state["rows"]
    judge = torch.utils.data.DataLoader(validation, args.batch, num_workers=args.workers)
    for epoch in range(len(rows), args.epochs):
        torch.manual_seed(args.seed * 1000 + epoch)
        loader = torch.utils.data.DataLoader(training, args.batch, shuffle=True, drop_last=True, num_workers=args.workers)
        net.train()
        start, loss_sum, right, seen = time.time(), 0.0, 0, 0
        for i, (x, y) in enumerate(loader):
            step = epoch * per_epoch + i
            for group in optimizer.param_groups:
                group["lr"] = rate(step, steps, per_epoch, args.learning_rate)
            y = y.to(device)
            out = net(x.to(device, memory_format=torch.channels_last))
            nn.functional.cross_entropy(out, y, label_smoothing=0.1).backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            loss_sum += nn.functional.cross_entropy(out.detach(), y, reduction="sum").item()
            right += (out.argmax(1) == y).sum().item()
            seen += len(y)
        seconds = time.time() - start
        row = {"epoch": epoch + 1, "step": (epoch + 1) * per_epoch, "trainLoss": loss_sum / seen,
               "trainAccuracy": right / seen, "learningRate": optimizer.param_groups[0]["lr"],
               "imagesPerSecond": seen / seconds, "size": args.size}
        if (epoch + 1) % 2 == 0 or epoch + 1 == args.epochs:
            row["validationLoss"], row["top1"], row["top5"] = evaluate(net, judge, device)
        row["seconds"] = time.time() - start
        rows.append(row)
        save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "rows": rows}, last)
        write(rows, metrics)
        print("epoch %d/%d  loss %.3f  acc %.1f%%  val acc %.1f%%  %.1f img/s" % (
            epoch + 1, args.epochs, row["trainLoss"], 100 * row["trainAccuracy"], 100 * row.get("top1", math.nan),
            row["imagesPerSecond"]), flush=True)


if __name__ == "__main__":
    main()
