"""Writes what torchvision's evaluation transforms make of generated images: python3 torchvision_evaluation.py OUT

Resize of the shorter side with antialiasing on a Pillow image, then CenterCrop; one file of raw RGB bytes a case, named
HEIGHTxWIDTH-RESIZED-SIZE-INTERPOLATION.rgb. Needs torchvision and Pillow.
"""

import os
import sys

import numpy as np
from PIL import Image
from torchvision import transforms
from torchvision.transforms import InterpolationMode

CASES = [
    (97, 131, 64, 56, "bilinear"),
    (150, 101, 64, 56, "bicubic"),
    (75, 300, 37, 32, "bicubic"),
    (40, 61, 64, 57, "bilinear"),
]


def image(height, width):
    """Smooth ramps with edges, by integers alone."""
    y, x = np.mgrid[0:height, 0:width]
    edges = ((x // 7 + y // 9) % 2) * 60
    channels = [(x * 3 + y * 5 + edges) % 256, (x * 2 + edges) % 256, (y * 4 + x) % 256]
    return np.stack(channels, axis=-1).astype(np.uint8)


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    for height, width, resized, size, how in CASES:
        steps = [transforms.Resize(resized, InterpolationMode(how)), transforms.CenterCrop(size)]
        pixels = np.asarray(transforms.Compose(steps)(Image.fromarray(image(height, width))))
        with open(os.path.join(out, "%dx%d-%d-%d-%s.rgb" % (height, width, resized, size, how)), "wb") as file:
            file.write(pixels.tobytes())


if __name__ == "__main__":
    main()
