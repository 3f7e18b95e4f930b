"""Writes what PyTorch's layers give for small inputs, and the gradients by them: TorchLayersTest compares with it.

    python3 toolkit/graph/src/test/reference/torch_layers.py > \
        toolkit/graph/src/test/resources/org/efficientnet4j/graph/layers/torch-layers.json

Needs PyTorch; the tests read the file alone. Arrays are NCHW; the gradients are those of the sum of output times weights.
"""

import json

import torch
from torch import nn

torch.manual_seed(5)


def case(name, layer, channels, height, width):
    images = (2 * torch.randn(2, channels, height, width, dtype=torch.double)).requires_grad_(True)
    layer = layer.double()
    output = layer(images)
    weights = torch.randn_like(output)
    (output * weights).sum().backward()

    def values(tensor):
        return [round(value, 9) for value in tensor.detach().flatten().tolist()]

    parameters = {key: values(parameter) for key, parameter in layer.named_parameters()}
    gradients = {key: values(parameter.grad) for key, parameter in layer.named_parameters()}
    return {
        "name": name,
        "inputShape": list(images.shape),
        "outputShape": list(output.shape),
        "input": values(images),
        "output": values(output),
        "outputGradient": values(weights),
        "inputGradient": values(images.grad),
        "parameters": parameters,
        "gradients": gradients,
    }


print(
    json.dumps(
        {
            "source": f"PyTorch {torch.__version__}, torch_layers.py",
            "cases": [
                case("maxPool k3 s2 p1", nn.MaxPool2d(3, 2, 1), 2, 8, 7),
                case("maxPool k3 s2 ceil", nn.MaxPool2d(3, 2, ceil_mode=True), 2, 8, 7),
                case("maxPool k2 s3 p1 ceil", nn.MaxPool2d(2, 3, 1, ceil_mode=True), 2, 5, 4),
                case("avgPool k3 s2 p1 ceil", nn.AvgPool2d(3, 2, 1, ceil_mode=True), 2, 8, 7),
                case("adaptive 3x2", nn.AdaptiveAvgPool2d((3, 2)), 2, 7, 5),
                case("adaptive 7x7", nn.AdaptiveAvgPool2d((7, 7)), 1, 4, 3),
                case("lrn 5", nn.LocalResponseNorm(5, 0.3, 0.75, 1.5), 7, 2, 3),
                case("lrn 2", nn.LocalResponseNorm(2, 0.3, 0.75, 1.5), 4, 2, 3),
                case("conv k11 s4 p2 relu", nn.Sequential(nn.Conv2d(3, 2, 11, 4, 2), nn.ReLU()), 3, 17, 15),
                case("conv k3 groups relu6", nn.Sequential(nn.Conv2d(4, 6, 3, 2, 1, groups=2), nn.ReLU6()), 4, 7, 6),
                case("conv k2 hardswish", nn.Sequential(nn.Conv2d(2, 3, 2), nn.Hardswish()), 2, 4, 5),
                case("conv k1 hardsigmoid", nn.Sequential(nn.Conv2d(2, 3, 1), nn.Hardsigmoid()), 2, 4, 5),
                case("flatten dense sigmoid", nn.Sequential(nn.Flatten(), nn.Linear(24, 5), nn.Sigmoid()), 2, 3, 4),
            ],
        }
    )
)
