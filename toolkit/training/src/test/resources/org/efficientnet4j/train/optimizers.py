"""Makes optimizers.json: what torch.optim does with a few weights and a fixed sequence of gradients.

Run: python3 optimizers.py > optimizers.json   (torch 1.13, double precision)
"""
import json

import torch

START = [0.5, -1.25, 2.0, 0.0, -0.03]
GRADIENTS = [[0.1, -0.2, 0.3, 0.5, -1.0], [1.5, 0.01, -0.3, 0.2, 0.7], [-0.4, 0.6, 0.05, -2.0, 0.1], [0.3, 0.3, 0.3, 0.3, 0.3]]
RATES = [0.01, 0.01, 0.01, 0.01]


def run(make):
    weights = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([weights])
    path = []
    for gradient, rate in zip(GRADIENTS, RATES):
        for group in optimizer.param_groups:
            group["lr"] = rate
        weights.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        path.append(weights.tolist())
    return path


def clipped(largest):
    weights = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    weights.grad = torch.tensor(GRADIENTS[0], dtype=torch.float64)
    torch.nn.utils.clip_grad_norm_([weights], largest)
    return weights.grad.tolist()


print(json.dumps({
    "start": START,
    "gradients": GRADIENTS,
    "rate": RATES[0],
    "sgd": run(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True, weight_decay=1e-2)),
    "adam": run(lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=1e-2)),
    "adamw": run(lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=1e-2)),
    "clippedTo": 0.5,
    "clipped": clipped(0.5),
}, indent=1))
