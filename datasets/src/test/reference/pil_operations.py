#!/usr/bin/python3
"""Writes what Pillow makes of a picture, for the tests of RandAugment's colour operations.

Needs numpy and Pillow (Debian: apt-get install python3-numpy python3-pil, run by /usr/bin/python3).

  pil_operations.py OUT     OUT/NAME.rgb: 24 x 24 pixels, RGB; input.rgb is the picture itself
"""
import os
import sys

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

SIDE = 24


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    random = np.random.default_rng(3)
    ramp = np.linspace(20, 200, SIDE)[None, :, None] + np.array([0, 15, -10])[None, None, :]
    pixels = np.clip(ramp + random.normal(0, 25, (SIDE, SIDE, 3)), 5, 240).astype(np.uint8)
    image = Image.fromarray(pixels)
    results = {
        "input": image,
        "invert": ImageOps.invert(image),
        "posterize-2": ImageOps.posterize(image, 2),
        "solarize-128": ImageOps.solarize(image, 128),
        "autocontrast": ImageOps.autocontrast(image),
        "equalize": ImageOps.equalize(image),
    }
    for name, enhance in (("colour", ImageEnhance.Color), ("contrast", ImageEnhance.Contrast),
                          ("brightness", ImageEnhance.Brightness), ("sharpness", ImageEnhance.Sharpness)):
        for factor in (0.3, 1.9):
            results[f"{name}-{factor}"] = enhance(image).enhance(factor)
    for name, result in results.items():
        with open(os.path.join(out, name + ".rgb"), "wb") as file:
            file.write(np.asarray(result).tobytes())


if __name__ == "__main__":
    main()
