"""What the reports of experiments share: runs read from their metrics.csv, put on one clock, and drawn as curves."""
import csv
import math
import os
import statistics


class Run:
    """A run's rows, and after `clock` its curve by the minutes that training takes."""

    def __init__(self, folder):
        with open(os.path.join(folder, "metrics.csv")) as file:
            self.rows = list(csv.DictReader(file))
        self.curve, self.stages, self.minutes = [], [], 0.0

    def clock(self, speed):
        """Sets the minutes by images per second at each size. Training alone: an epoch's seconds hold its validation too."""
        step = 0
        for row in self.rows:
            if not self.stages or self.stages[-1][1] != row["size"]:
                self.stages.append((self.minutes, row["size"]))
            self.minutes += (int(row["step"]) - step) * int(row.get("batch") or 64) / speed[row["size"]] / 60
            step = int(row["step"])
            if row["top1"]:
                self.curve.append((self.minutes, float(row["top1"])))

    @property
    def top1(self):
        return self.curve[-1][1] if self.curve else float("nan")


def pace(runs):
    """Median images per second by image size: other work on the machine slows single epochs, hardly their median."""
    speeds = {}
    for run in runs:
        for row in run.rows:
            speeds.setdefault(row["size"], []).append(float(row["imagesPerSecond"]))
    return {size: statistics.median(found) for size, found in speeds.items()}


def collect(folder, kinds):
    """The runs KIND-SEED of a folder, as kind to seed to run; all of one kind at the same pace."""
    runs = {}
    for name in sorted(os.listdir(folder)):
        kind, _, seed = name.rpartition("-")
        if kind in kinds and seed.isdigit() and os.path.exists(os.path.join(folder, name, "metrics.csv")):
            runs.setdefault(kind, {})[int(seed)] = Run(os.path.join(folder, name))
    for seeds in runs.values():
        speed = pace(seeds.values())
        for run in seeds.values():
            run.clock(speed)
    return {kind: runs[kind] for kind in kinds if kind in runs}


def write_between(page, begin, end, body):
    """Replaces what lies between two marks of a page."""
    text = open(page).read()
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    with open(page + ".tmp", "w") as file:
        file.write(before + begin + "\n\n" + body + "\n\n" + end + after)
    os.replace(page + ".tmp", page)


def write_picture(page, name, picture):
    """Writes images/NAME beside a page."""
    path = os.path.join(os.path.dirname(page), "images", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(picture)


def spread(values):
    return "%.2f ± %.2f" % (statistics.mean(values), statistics.stdev(values)) if len(values) > 1 else "%.2f" % values[0]


def ticks(low, high):
    """Round numbers between two, five to ten of them."""
    step = 10 ** math.floor(math.log10((high - low) / 5))
    step *= next(factor for factor in (1, 2, 5, 10) if (high - low) / (step * factor) <= 10)
    return [step * i for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def svg(runs, kinds):
    """Accuracy against minutes, a line a run; the legend at the lower right.

    runs is what collect gives, kinds a kind's name and colour.
    """
    width, height, left, bottom, top, right = 760, 420, 56, 48, 24, 24
    points = [point for seeds in runs.values() for run in seeds.values() for point in run.curve]
    longest = max(minutes for minutes, _ in points)
    low, high = max(0, min(t for _, t in points) - 0.02), min(1, max(t for _, t in points) + 0.02)
    x = lambda m: left + (width - left - right) * m / longest
    y = lambda t: height - bottom - (height - bottom - top) * (t - low) / (high - low)
    unit, factor = ("minutes", 1) if longest >= 3 else ("seconds", 60)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" '
           'font-size="12"><rect width="100%%" height="100%%" fill="#fff"/>' % (width, height)]
    for percent in ticks(100 * low, 100 * high):
        level = y(percent / 100)
        out.append('<path d="M%d %.1fH%d" stroke="#e9ecef"/><text x="%d" y="%.1f" text-anchor="end" fill="#495057">%g%%'
                   '</text>' % (left, level, width - right, left - 8, level + 4, percent))
    for moment in ticks(0, longest * factor):
        out.append('<text x="%.1f" y="%d" text-anchor="middle" fill="#495057">%g</text>' % (
            x(moment / factor), height - bottom + 18, moment))
    out.append('<text x="%d" y="%d" text-anchor="middle" fill="#495057">%s of training</text>' % (
        (left + width - right) / 2, height - 10, unit))
    for seed, run in list(runs.get("progressive", {}).items())[:1]:
        for minutes, size in run.stages:
            out.append('<path d="M%.1f %dV%d" stroke="#d9480f" stroke-dasharray="3 4" opacity=".5"/><text x="%.1f" y="%d" '
                       'fill="#d9480f">%s px</text>' % (x(minutes), top, height - bottom, x(minutes) + 4, top + 10, size))
    legend = width - right - 34 - 6.5 * max(len(kinds[kind][0]) for kind in runs)
    for i, (kind, seeds) in enumerate(runs.items()):
        name, colour = kinds[kind]
        row = height - bottom - 18 - 20 * (len(runs) - 1 - i)
        for run in seeds.values():
            path = "L".join("%.1f %.1f" % (x(m), y(t)) for m, t in run.curve)
            out.append('<path d="M%s" fill="none" stroke="%s" stroke-width="2" opacity=".85"/>' % (path, colour))
            for m, t in run.curve[-1:]:
                out.append('<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>' % (x(m), y(t), colour))
        out.append('<path d="M%d %dh22" stroke="%s" stroke-width="3"/><text x="%d" y="%d" fill="#212529">%s</text>' % (
            legend, row, colour, legend + 30, row + 4, name))
    out.append("</svg>")
    return "\n".join(out)
