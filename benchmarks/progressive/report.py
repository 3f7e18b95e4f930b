"""Writes the results of `run` into a page: a table between two marks, and the curves as an SVG file beside it.

Run: python3 report.py RUNS docs/progressive-learning.md   (RUNS holds fixed-1, progressive-1, torchvision-1, ...)
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from curves import collect, pace, spread, svg, write_between, write_picture

BEGIN, END = "<!-- results: begin, written by benchmarks/progressive/report.py -->", "<!-- results: end -->"
KINDS = {"fixed": ("fixed size", "#5b6b7b"), "progressive": ("progressive", "#d9480f"),
         "torchvision": ("torchvision, fixed size", "#1c7ed6")}


def table(runs):
    lines = ["| training | seed | epochs | top-1, % |", "|---|---|---|---|"]
    for kind, seeds in runs.items():
        for seed, run in seeds.items():
            lines.append("| %s | %d | %d | %.2f |" % (KINDS[kind][0], seed, len(run.rows), 100 * run.top1))
    lines += ["", "| training | top-1, % (mean ± standard deviation) | images/s (median of the epochs) | training, min |",
              "|---|---|---|---|"]
    for kind, seeds in runs.items():
        minutes = next(iter(seeds.values())).minutes
        speeds = ", ".join("%.0f at %s px" % (speed, size) for size, speed in pace(seeds.values()).items())
        lines.append("| %s | %s | %s | %.1f |" % (
            KINDS[kind][0], spread([100 * r.top1 for r in seeds.values()]), speeds, minutes))
    if "fixed" in runs and "progressive" in runs:
        ratio = (next(iter(runs["progressive"].values())).minutes / next(iter(runs["fixed"].values())).minutes)
        lines += ["", "Progressive training takes %.2f of the fixed-size training's time." % ratio]
    return "\n".join(lines)


def main(folder, page):
    runs = collect(folder, KINDS)
    if not runs:
        sys.exit("No runs in %s: run benchmarks/progressive/run first" % folder)
    write_picture(page, "progressive-curves.svg", svg(runs, KINDS))
    write_between(page, BEGIN, END, table(runs)
                  + "\n\n![top-1 on the test images against minutes of training](images/progressive-curves.svg)")
    print(table(runs))


if __name__ == "__main__":
    main(*sys.argv[1:])
