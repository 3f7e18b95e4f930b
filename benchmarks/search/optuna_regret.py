"""Mean regret of Optuna's samplers on the functions of 'effnet search regret', for comparison.

python3 -m venv venv && venv/bin/pip install optuna==5.0.0 torch scipy
venv/bin/python optuna_regret.py [--trials 40] [--seeds 10] [--samplers gp,tpe] [FUNCTION ...]

The constraint is measured with the value, as one number that must be at most 0. Noise is added to the value alone, and the
regret is that of the true value at the point which the study calls its best.
"""

import argparse
import math
import random
import statistics
import sys

import optuna


def branin(x):
    a, b = x
    value = (b - 5.1 / (4 * math.pi**2) * a * a + 5 / math.pi * a - 6) ** 2
    return value + 10 * (1 - 1 / (8 * math.pi)) * math.cos(a) + 10


ALPHA = [1.0, 1.2, 3.0, 3.2]
A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann6(x):
    return -sum(ALPHA[i] * math.exp(-sum(A[i][j] * (x[j] - P[i][j]) ** 2 for j in range(6))) for i in range(4))


def townsend_limit(x):
    t = math.atan2(x[0], x[1])
    wave = 2 * math.cos(t) - math.cos(2 * t) / 2 - math.cos(3 * t) / 4 - math.cos(4 * t) / 8
    return x[0] ** 2 + x[1] ** 2 - wave**2 - (2 * math.sin(t)) ** 2


def vessel(x):
    return (
        0.6224 * x[0] * x[2] * x[3]
        + 1.7781 * x[1] * x[2] ** 2
        + 3.1661 * x[0] ** 2 * x[3]
        + 19.84 * x[0] ** 2 * x[2]
    )


def vessel_limit(x):
    volume = math.pi * x[2] ** 2 * x[3] + 4 / 3 * math.pi * x[2] ** 3
    return max(0.0193 * x[2] - x[0], 0.00954 * x[2] - x[1], 1 - volume / 1_296_000)


def branin_limit(x):
    return (x[0] - 2.5) ** 2 + (x[1] - 7.5) ** 2 - 50


def gardner1(x):
    return math.cos(2 * x[0]) * math.cos(x[1]) + math.sin(x[0])


def gardner1_limit(x):
    return math.cos(x[0]) * math.cos(x[1]) - math.sin(x[0]) * math.sin(x[1]) - 0.5


# name: low, high, value, constraint, constrained minimum, standard deviation of the noise
FUNCTIONS = {
    "Branin in a disk": ([-5, 0], [10, 15], branin, branin_limit, 0.39788735772973816, 0),
    "Gardner 1": ([0, 0], [6, 6], gardner1, gardner1_limit, -2, 0),
    "Gardner 2": (
        [0, 0],
        [6, 6],
        lambda x: math.sin(x[0]) + x[1],
        lambda x: math.sin(x[0]) * math.sin(x[1]) + 0.95,
        math.asin(0.95) - 1,
        0,
    ),
    "Hartmann 6 in a ball": ([0] * 6, [1] * 6, hartmann6, lambda x: sum(v * v for v in x) - 1, -3.32236801, 0),
    "Rosenbrock in a disk": (
        [-1.5, -1.5],
        [1.5, 1.5],
        lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
        lambda x: x[0] ** 2 + x[1] ** 2 - 2,
        0,
        0,
    ),
    "Townsend": (
        [-2.25, -2.5],
        [2.25, 1.75],
        lambda x: -math.cos((x[0] - 0.1) * x[1]) ** 2 - x[0] * math.sin(3 * x[0] + x[1]),
        townsend_limit,
        -2.0239883206412607,
        0,
    ),
    "Pressure vessel": ([0.0625, 0.0625, 10, 10], [6.1875, 6.1875, 200, 200], vessel, vessel_limit, 5885.332773601, 0),
    "Branin in a disk, noisy": ([-5, 0], [10, 15], branin, branin_limit, 0.39788735772973816, 5),
    "Gardner 1, noisy": ([0, 0], [6, 6], gardner1, gardner1_limit, -2, 0.2),
}


def sampler(kind, seed, noisy):
    limits = lambda trial: (trial.user_attrs["limit"],)  # noqa: E731
    if kind == "gp":
        return optuna.samplers.GPSampler(seed=seed, deterministic_objective=not noisy, constraints_func=limits)
    return optuna.samplers.TPESampler(seed=seed, constraints_func=limits)


def regret(kind, name, trials, seed):
    low, high, value, limit, minimum, noise = FUNCTIONS[name]
    drawn = random.Random(seed)
    met = []

    def objective(trial):
        x = [trial.suggest_float(f"x{i}", low[i], high[i]) for i in range(len(low))]
        measured = value(x) + (drawn.gauss(0, noise) if noise else 0)
        trial.set_user_attr("limit", limit(x))
        met.append((measured, value(x), limit(x)))
        return measured

    study = optuna.create_study(sampler=sampler(kind, seed, noise > 0))
    study.optimize(objective, n_trials=trials)
    admitted = [one for one in met if one[2] <= 0]
    return (min(admitted)[1] if admitted else max(true for _, true, _ in met)) - minimum


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--trials", type=int, default=40)
    options.add_argument("--seeds", type=int, default=10)
    options.add_argument("--samplers", default="gp,tpe")
    options.add_argument("functions", nargs="*", default=[])
    given = options.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    for name in given.functions or FUNCTIONS:
        for kind in given.samplers.split(","):
            all_seeds = [regret(kind, name, given.trials, seed) for seed in range(given.seeds)]
            error = statistics.stdev(all_seeds) / math.sqrt(len(all_seeds)) if len(all_seeds) > 1 else 0
            print(f"{name}\t{kind}\t{statistics.mean(all_seeds):.4f}\t+- {error:.4f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
