"""Times torchvision's input pipeline for benchmarks/pipeline/run: a round for each line on standard input, for each round
a line "images seconds" on standard output. The workers live on between rounds and passes."""

import sys
import time

import torch
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

folder, size, workers, batch, passes = sys.argv[1], *map(int, sys.argv[2:6])
transform = transforms.Compose(
    [
        transforms.RandomResizedCrop(size),
        transforms.RandomHorizontalFlip(),
        transforms.RandAugment(2, 10),
        transforms.ToTensor(),
        transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    ]
)
torch.set_num_threads(1)
loader = DataLoader(
    ImageFolder(folder, transform), batch_size=batch, shuffle=True, num_workers=workers, persistent_workers=True
)
for _ in sys.stdin:
    start = time.perf_counter()
    count = 0
    for _ in range(passes):
        for images, _ in loader:
            count += len(images)
    print(count, f"{time.perf_counter() - start:.4f}", flush=True)
