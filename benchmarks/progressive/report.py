"""Writes the results of `run` into a page: two tables between two marks, and the first one's curves as an SVG beside it.

Run: python3 report.py RUNS docs/progressive-learning.md   (RUNS holds fixed-1, progressive-1, plain-1, torchvision-1, ...)
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from curves import collect, pace, spread, svg, write_between, write_picture

BEGIN, END = "<!-- results: begin, written by benchmarks/progressive/report.py -->", "<!-- results: end -->"
GROWTH = {"fixed": ("fixed size", "#5b6b7b"), "progressive": ("progressive", "#d9480f")}
PEERS = {"plain": ("EfficientNet4J", "#d9480f"), "torchvision": ("torchvision", "#1c7ed6")}


def finished(folder, kinds):
    """The runs that have come to their end, that is, as far as the longest."""
    runs = collect(folder, kinds)
    end = max((len(run.rows) for found in runs.values() for run in found.values()), default=0)
    ended = {kind: {seed: run for seed, run in found.items() if len(run.rows) == end} for kind, found in runs.items()}
    return {kind: found for kind, found in ended.items() if found}


def table(runs, kinds, title, extra):
    """Top-1 of every seed and their mean; extra is a column's head to what it says of a kind's runs."""
    seeds = sorted({seed for found in runs.values() for seed in found})
    head = [title] + ["seed %d" % seed for seed in seeds] + ["mean ± standard deviation"] + list(extra)
    lines = ["| %s |" % " | ".join(head), "|---|%s" % ("--:|" * (len(head) - 1))]
    for kind, found in runs.items():
        cells = ["%.2f" % (100 * found[seed].top1) if seed in found else "" for seed in seeds]
        cells += [spread([100 * run.top1 for run in found.values()])] + [of(list(found.values())) for of in extra.values()]
        lines.append("| %s | %s |" % (kinds[kind][0], " | ".join(cells)))
    return "\n".join(lines)


def speeds(runs):
    return ", ".join("%.0f at %s px" % (speed, size) for size, speed in pace(runs).items())


def epochs(runs):
    return len(next(iter(next(iter(runs.values())).values())).rows)


def main(folder, page):
    growth, peers = finished(folder, GROWTH), finished(folder, PEERS)
    parts = []
    if growth:
        write_picture(page, "progressive-curves.svg", svg(growth, GROWTH))
        parts.append(table(growth, GROWTH, "top-1 in %% after %d epochs" % epochs(growth), {
            "images/s (median of the epochs)": speeds, "training, min": lambda runs: "%.1f" % runs[0].minutes}))
    if len(growth) == 2:
        fixed, progressive = (next(iter(growth[kind].values())).minutes for kind in GROWTH)
        parts.append("Progressive training takes %.2f of the fixed-size training's time." % (progressive / fixed))
        parts.append("![top-1 on the held-out images against minutes of training](images/progressive-curves.svg)")
    if peers:
        parts.append(table(peers, PEERS, "plain augmentation, top-1 in %% after %d epochs" % epochs(peers), {}))
    if not parts:
        sys.exit("No runs in %s: run benchmarks/progressive/run first" % folder)
    write_between(page, BEGIN, END, "\n\n".join(parts))
    print("\n\n".join(parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
