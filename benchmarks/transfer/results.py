"""Writes the results of `run` into a page: a table between two marks, and the curves as an SVG file beside it.

Run: python3 results.py RUNS docs/transfer-learning.md   (RUNS holds backbone, frozen, whole and scratch)
"""
import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BEGIN, END = "<!-- results: begin, written by benchmarks/transfer/results.py -->", "<!-- results: end -->"
KINDS = {"frozen": ("frozen backbone, new classifier", "#d9480f"), "whole": ("whole network fine-tuned", "#1c7ed6"),
         "scratch": ("from scratch", "#5b6b7b")}


def drawing():
    """The progressive experiment's reader of runs and its curves."""
    spec = importlib.util.spec_from_file_location("curves", os.path.join(HERE, "..", "progressive", "report.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.KINDS = KINDS
    return module


def percent(share):
    return "no epoch yet" if share != share else "%.1f %%" % (100 * share)


def top1_at(run, minutes):
    """The last one measured by then."""
    return max((point for point in run.curve if point[0] <= minutes * 1.001), default=(0, float("nan")))[1]


def table(backbone, runs):
    shared = min(run.minutes for run in runs.values())
    moments = [shared / 4, shared / 2, shared]
    lines = ["The backbone has %.1f %% of the held-out images of its own five classes right, after %d epochs (%.1f min)." % (
        100 * backbone.top1, len(backbone.rows), backbone.minutes), "",
        "| classes 5 to 9 | images/s | epochs | training, s | %s | at its end |" % " | ".join(
            "top-1 after %.0f s" % (60 * m) for m in moments), "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for kind, run in runs.items():
        lines.append("| %s | %.0f | %d | %.0f | %s | %.1f %% |" % (
            KINDS[kind][0], float(run.rows[-1]["imagesPerSecond"]), len(run.rows), 60 * run.minutes,
            " | ".join(percent(top1_at(run, m)) for m in moments), 100 * run.top1))
    return "\n".join(lines)


def main(folder, page):
    curves = drawing()
    backbone = curves.Run(os.path.join(folder, "backbone"))
    runs = {kind: curves.Run(os.path.join(folder, kind)) for kind in KINDS}
    picture = os.path.join(os.path.dirname(page), "images", "transfer-curves.svg")
    os.makedirs(os.path.dirname(picture), exist_ok=True)
    with open(picture, "w") as file:
        file.write(curves.svg({kind: {1: run} for kind, run in runs.items()}))
    text = open(page).read()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    body = "\n\n%s\n\n![top-1 on the held-out images against minutes of training](images/transfer-curves.svg)\n\n" % table(
        backbone, runs)
    with open(page, "w") as file:
        file.write(before + BEGIN + body + END + after)
    print(table(backbone, runs))


if __name__ == "__main__":
    main(*sys.argv[1:])
