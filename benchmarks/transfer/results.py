"""Writes the results of `run` into a page: a table between two marks, and the curves as an SVG file beside it.

Run: python3 results.py RUNS docs/transfer-learning.md   (RUNS holds backbone-1, frozen-1, partly-1, whole-1, scratch-1, ...)
"""
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from curves import collect, svg, write_between, write_picture

BEGIN, END = "<!-- results: begin, written by benchmarks/transfer/results.py -->", "<!-- results: end -->"
KINDS = {"frozen": ("frozen backbone, new classifier", "#d9480f"),
         "partly": ("stem to stage 4 frozen", "#2b8a3e"),
         "whole": ("whole network fine-tuned", "#1c7ed6"), "scratch": ("from scratch", "#5b6b7b")}


def spread(values):
    """Mean and standard deviation of shares, in percent; no mean where a run has no measurement yet."""
    if any(value != value for value in values):
        return "no epoch yet"
    mean = "%.1f" % (100 * statistics.mean(values))
    return mean + (" ± %.1f" % (100 * statistics.stdev(values)) if len(values) > 1 else "") + " %"


def top1_at(run, minutes):
    """The last one measured by then."""
    return max((point for point in run.curve if point[0] <= minutes * 1.001), default=(0, float("nan")))[1]


def table(backbones, runs):
    every = [run for seeds in runs.values() for run in seeds.values()]
    shared = min(run.minutes for run in every)
    moments = [shared / 4, shared / 2, shared]
    lines = ["The backbones have %s of the held-out images of their own five classes right, after %d epochs." % (
        spread([run.top1 for run in backbones]), len(backbones[0].rows)), "",
        "| classes 5 to 9 | images/s | epochs | training, s | %s | at its end |" % " | ".join(
            "top-1 after %.0f s" % (60 * m) for m in moments), "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for kind, seeds in runs.items():
        some = next(iter(seeds.values()))
        lines.append("| %s | %.0f | %d | %.0f | %s | %s |" % (
            KINDS[kind][0], statistics.median(float(row["imagesPerSecond"]) for run in seeds.values() for row in run.rows),
            len(some.rows), 60 * some.minutes,
            " | ".join(spread([top1_at(run, m) for run in seeds.values()]) for m in moments),
            spread([run.top1 for run in seeds.values()])))
    return "\n".join(lines)


def main(folder, page):
    runs = collect(folder, KINDS)
    backbones = list(collect(folder, ["backbone"])["backbone"].values())
    write_picture(page, "transfer-curves.svg", svg(runs, KINDS))
    body = table(backbones, runs)
    write_between(page, BEGIN, END,
                  body + "\n\n![top-1 on the held-out images against minutes of training](images/transfer-curves.svg)")
    print(body)


if __name__ == "__main__":
    main(*sys.argv[1:])
