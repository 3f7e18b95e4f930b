"""Writes the results of `run` into a page: a table between two marks, and the curves as an SVG file beside it.

Run: python3 report.py RUNS docs/progressive-learning.md   (RUNS holds fixed-1, progressive-1, torchvision-1, ...)
"""
import csv
import os
import re
import statistics
import sys

BEGIN, END = "<!-- results: begin, written by benchmarks/progressive/report.py -->", "<!-- results: end -->"
KINDS = {"fixed": ("fixed size", "#5b6b7b"), "progressive": ("progressive", "#d9480f"),
         "torchvision": ("torchvision, fixed size", "#1c7ed6")}


class Run:
    def __init__(self, folder):
        with open(os.path.join(folder, "metrics.csv")) as file:
            self.rows = list(csv.DictReader(file))
        self.curve, minutes = [], 0.0
        self.stages = []
        for i, row in enumerate(self.rows):
            before = int(self.rows[i - 1]["step"]) if i else 0
            if not self.stages or self.stages[-1][1] != row["size"]:
                self.stages.append((minutes, row["size"]))
            minutes += self.training_seconds(row, int(row["step"]) - before) / 60
            if row["top1"]:
                self.curve.append((minutes, float(row["top1"])))
        self.minutes = minutes
        self.total = sum(float(row["seconds"]) for row in self.rows) / 60
        self.top1 = self.curve[-1][1] if self.curve else float("nan")

    def training_seconds(self, row, steps):
        # Training alone: the seconds of an epoch hold its validation too.
        return steps * self.batch(row) / float(row["imagesPerSecond"])

    def batch(self, row):
        return int(row.get("batch") or 64)


def collect(folder):
    runs = {}
    for name in sorted(os.listdir(folder)):
        match = re.fullmatch(r"(fixed|progressive|torchvision)-(\d+)", name)
        if match and os.path.exists(os.path.join(folder, name, "metrics.csv")):
            runs.setdefault(match[1], {})[int(match[2])] = Run(os.path.join(folder, name))
    return {kind: runs[kind] for kind in KINDS if kind in runs}


def spread(values):
    return "%.2f ± %.2f" % (statistics.mean(values), statistics.stdev(values)) if len(values) > 1 else "%.2f" % values[0]


def table(runs):
    lines = ["| training | seed | epochs | top-1, % | training, min | with validation, min |", "|---|---|---|---|---|---|"]
    for kind, seeds in runs.items():
        for seed, run in seeds.items():
            lines.append("| %s | %d | %d | %.2f | %.1f | %.1f |" % (
                KINDS[kind][0], seed, len(run.rows), 100 * run.top1, run.minutes, run.total))
    lines += ["", "| training | top-1, % (mean ± standard deviation) | training, min |", "|---|---|---|"]
    for kind, seeds in runs.items():
        lines.append("| %s | %s | %s |" % (KINDS[kind][0], spread([100 * r.top1 for r in seeds.values()]),
                                           spread([r.minutes for r in seeds.values()])))
    if "fixed" in runs and "progressive" in runs:
        both = sorted(set(runs["fixed"]) & set(runs["progressive"]))
        ratios = [runs["progressive"][s].minutes / runs["fixed"][s].minutes for s in both]
        lines += ["", "Progressive training takes %s of the fixed-size training's time (%s)." % (
            "%.2f" % statistics.mean(ratios), ", ".join("%.2f" % r for r in ratios))]
    return "\n".join(lines)


def svg(runs):
    width, height, left, bottom, top, right = 760, 420, 56, 48, 24, 24
    every = [r for seeds in runs.values() for r in seeds.values()]
    longest = max(r.minutes for r in every)
    low = min(min(t for _, t in r.curve) for r in every if r.curve)
    high = max(max(t for _, t in r.curve) for r in every if r.curve)
    low, high = max(0, low - 0.03), min(1, high + 0.03)
    x = lambda m: left + (width - left - right) * m / longest
    y = lambda t: height - bottom - (height - bottom - top) * (t - low) / (high - low)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" '
           'font-size="12"><rect width="100%%" height="100%%" fill="#fff"/>' % (width, height)]
    for i in range(6):
        t, m = low + (high - low) * i / 5, longest * i / 5
        out.append('<path d="M%d %.1fH%d" stroke="#e9ecef"/><text x="%d" y="%.1f" text-anchor="end" fill="#495057">%.0f%%'
                   '</text>' % (left, y(t), width - right, left - 8, y(t) + 4, 100 * t))
        out.append('<text x="%.1f" y="%d" text-anchor="middle" fill="#495057">%.*f</text>' % (
            x(m), height - bottom + 18, 0 if longest >= 10 else 1, m))
    out.append('<text x="%d" y="%d" text-anchor="middle" fill="#495057">minutes of training</text>' % (
        (left + width - right) / 2, height - 10))
    for seed, run in list(runs.get("progressive", {}).items())[:1]:
        for minutes, size in run.stages:
            out.append('<path d="M%.1f %dV%d" stroke="#d9480f" stroke-dasharray="3 4" opacity=".5"/><text x="%.1f" y="%d" '
                       'fill="#d9480f">%s px</text>' % (x(minutes), top, height - bottom, x(minutes) + 4, top + 10, size))
    for i, (kind, seeds) in enumerate(runs.items()):
        name, colour = KINDS[kind]
        for run in seeds.values():
            path = "L".join("%.1f %.1f" % (x(m), y(t)) for m, t in run.curve)
            out.append('<path d="M%s" fill="none" stroke="%s" stroke-width="2" opacity=".85"/>' % (path, colour))
            for m, t in run.curve[-1:]:
                out.append('<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>' % (x(m), y(t), colour))
        out.append('<path d="M%d %dh22" stroke="%s" stroke-width="3"/><text x="%d" y="%d" fill="#212529">%s</text>' % (
            width - 210, height - bottom - 62 + 20 * i, colour, width - 180, height - bottom - 58 + 20 * i, name))
    out.append("</svg>")
    return "\n".join(out)


def main(folder, page):
    runs = collect(folder)
    if not runs:
        sys.exit("No runs in %s: run benchmarks/progressive/run first" % folder)
    picture = os.path.join(os.path.dirname(page), "images", "progressive-curves.svg")
    os.makedirs(os.path.dirname(picture), exist_ok=True)
    with open(picture, "w") as file:
        file.write(svg(runs))
    text = open(page).read()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    body = "\n\n%s\n\n![top-1 on the test images against minutes of training](images/progressive-curves.svg)\n\n" % table(runs)
    with open(page, "w") as file:
        file.write(before + BEGIN + body + END + after)
    print(table(runs))


if __name__ == "__main__":
    main(*sys.argv[1:])
