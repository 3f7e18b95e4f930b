"""Times whole steps of a torchvision network on random images; prints one JSON object, or exits with 3 and a reason.

torch_bench.py MODEL train|infer BATCH SIZE STEPS WARM_UP_SECONDS THREADS channels_last|default
torch_bench.py MODEL script FILE      writes the network as TorchScript, its weights channels_last
"""
import json
import sys
import time


def skip(reason):
    print(reason, file=sys.stderr)
    sys.exit(3)


try:
    import torch
    import torchvision
except Exception as missing:
    skip(f"{sys.executable} cannot import torch and torchvision ({missing})")


def v2_b0():
    """EfficientNetV2-B0, which torchvision does not list, from torchvision's own blocks."""
    from torchvision.models.efficientnet import EfficientNet, FusedMBConvConfig, MBConvConfig
    stages = [FusedMBConvConfig(1, 3, 1, 32, 16, 1), FusedMBConvConfig(4, 3, 2, 16, 32, 2),
              FusedMBConvConfig(4, 3, 2, 32, 48, 2), MBConvConfig(4, 3, 2, 48, 96, 3),
              MBConvConfig(6, 3, 1, 96, 112, 5), MBConvConfig(6, 3, 2, 112, 192, 8)]
    return EfficientNet(stages, dropout=0.2, last_channel=1280)


def create(name):
    factory = v2_b0 if name == "efficientnet_v2_b0" else getattr(torchvision.models, name, None)
    if factory is None:
        skip(f"torchvision {torchvision.__version__} has no {name}")
    torch.manual_seed(0)
    return factory()


def training_step(network, images, labels):
    network.train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    cross_entropy = torch.nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        cross_entropy(network(images), labels).backward()
        optimizer.step()

    return step


def inference_step(network, images):
    network.eval()

    def step():
        with torch.inference_mode():
            torch.softmax(network(images), 1)

    return step


def timed(step, warm_up, steps):
    start = time.perf_counter()
    done = 0
    while done < 2 or time.perf_counter() - start < warm_up:
        step()
        done += 1
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)


def peak_resident_megabytes():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))
    except OSError:
        return 0  # not Linux


def measure(model, mode, batch, size, steps, warm_up, threads, layout):
    batch, size, steps = int(batch), int(size), int(steps)
    torch.set_num_threads(int(threads))
    network = create(model)
    images = torch.rand(batch, 3, size, size)
    if layout == "channels_last":
        network = network.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.arange(batch) % 1000
    step = training_step(network, images, labels) if mode == "train" else inference_step(network, images)
    seconds = timed(step, float(warm_up), steps)
    median = (seconds[(steps - 1) // 2] + seconds[steps // 2]) / 2
    print(json.dumps({
        "imagesPerSecond": batch / median,
        "bestImagesPerSecond": batch / seconds[0],
        "peakResidentMegabytes": peak_resident_megabytes(),
        "provider": f"PyTorch {torch.__version__} {layout}",
    }))


if sys.argv[2] == "script":
    torch.jit.script(create(sys.argv[1]).to(memory_format=torch.channels_last)).save(sys.argv[3])
else:
    measure(*sys.argv[1:])
