"""Writes AutoAugment's policies and magnitudes as torchvision has them: facts that AutoAugmentTest compares with.

    python3 torchvision_policies.py > ../resources/torchvision/autoaugment.csv

Made with torchvision 0.14.
"""

from torchvision.transforms import AutoAugment, AutoAugmentPolicy

SIDE = 331

print("policy,row,step,operation,probability,magnitude,amount")
for policy in (AutoAugmentPolicy.IMAGENET, AutoAugmentPolicy.CIFAR10):
    augment = AutoAugment(policy)
    space = augment._augmentation_space(10, (SIDE, SIDE))
    for row, steps in enumerate(augment._get_policies(policy)):
        for step, (operation, probability, magnitude) in enumerate(steps):
            amounts, directed = space[operation]
            amount = 0.0 if magnitude is None else amounts[magnitude].item()
            if operation.startswith("Translate"):
                amount /= SIDE
            print(policy.name, row, step, operation, probability, 0 if magnitude is None else magnitude, f"{amount:.6f}", sep=",")
