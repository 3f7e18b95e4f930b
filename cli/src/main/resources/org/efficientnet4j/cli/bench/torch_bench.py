"""Times whole steps of a torchvision network on random images; prints one JSON object, or exits with 3 and a reason.

Arguments: model, train|infer, batch, size, steps, warm-up seconds, threads, channels_last|default
"""
import json
import sys
import time

model_name, mode, batch, size, steps, warm_up, threads, layout = sys.argv[1:]
batch, size, steps, threads, warm_up = int(batch), int(size), int(steps), int(threads), float(warm_up)


def skip(reason):
    print(reason, file=sys.stderr)
    sys.exit(3)


try:
    import torch
    import torchvision
except Exception as missing:
    skip(f"{sys.executable} cannot import torch and torchvision ({missing})")

create = getattr(torchvision.models, model_name, None)
if create is None:
    skip(f"torchvision {torchvision.__version__} has no {model_name}")

torch.set_num_threads(threads)
torch.manual_seed(0)
network = create()
images = torch.rand(batch, 3, size, size)
if layout == "channels_last":
    network = network.to(memory_format=torch.channels_last)
    images = images.contiguous(memory_format=torch.channels_last)
labels = torch.arange(batch) % 1000

if mode == "train":
    network.train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    cross_entropy = torch.nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        cross_entropy(network(images), labels).backward()
        optimizer.step()
else:
    network.eval()

    def step():
        with torch.inference_mode():
            torch.softmax(network(images), 1)


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
seconds.sort()
median = (seconds[(steps - 1) // 2] + seconds[steps // 2]) / 2

peak = 0
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))
except OSError:
    pass  # not Linux
print(json.dumps({
    "imagesPerSecond": batch / median,
    "bestImagesPerSecond": batch / seconds[0],
    "peakResidentMegabytes": peak,
    "provider": f"PyTorch {torch.__version__} {layout}",
}))
