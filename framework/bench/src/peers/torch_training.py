"""Trains networks of noise on PyTorch and prints the time as JSON, or writes a step for libtorch.

Usage: torch_training.py --network NAME --examples N --batch N --epochs N
                         --warm-up N --threads N
       torch_training.py --network NAME --export FILE
                                         writes a step of training as TorchScript
       torch_training.py --check         tells whether everything it imports is there

The networks are those of Hone's trainers, with the same number of weights:
  redundancy-autoencoder  Table 2 of Nguyen et al. (Method for Improving Quality of Adversarial
                          Examples) for images of 1 x 28 x 28, binary cross-entropy of each feature
  lenet5                  LeNet-5 with windows of 3 x 3 for images of 1 x 28 x 28, cross-entropy
  vgg-small               six convolutions with batch normalization for images of 3 x 32 x 32,
                          cross-entropy

Adam trains them. Images and targets are noise, drawn before the clock starts. Steps to warm up are
made before that, too. The clock runs while batches are gathered.

A step as TorchScript takes images and targets, changes the weights and Adam's moments in place, and
returns the loss. No Python is needed to run the file.
"""

import argparse
import collections
import json
import sys
import time

try:
    import torch
except ImportError as missing:
    sys.exit(f"{sys.argv[0]}: {missing}")

RATE = 0.001

Workload = collections.namedtuple("Workload", "layers shape classes")

STEP = """
def forward(self, images: Tensor, targets: Tensor) -> Tensor:
    weights: List[Tensor] = []
    for kept in [{weights}]:
        assert kept is not None
        weights.append(kept)
    firsts = [{firsts}]
    seconds = [{seconds}]
    loss = torch.nn.functional.{loss}(self.network(images), targets)
    gradients = torch.autograd.grad([loss], weights)
    self.steps += 1
    rate = {rate} / (1.0 - 0.9 ** self.steps)
    correction = 1.0 - 0.999 ** self.steps
    with torch.no_grad():
        for weight, first, second, gradient in zip(weights, firsts, seconds, gradients):
            assert gradient is not None
            first.mul_(0.9).add_(gradient, alpha=0.1)
            second.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
            weight.addcdiv_(first, second.div(correction).sqrt_().add_(1e-8), value=-rate)
    return loss.detach()
"""


def convolutions(channels, filters):
    """Returns two convolutions that keep the size, and the normalization behind them."""
    return [
        torch.nn.Conv2d(channels, filters, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.Conv2d(filters, filters, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.BatchNorm2d(filters, eps=1e-3),
    ]


def autoencoder():
    """Returns the layers without the last sigmoid, which is part of the loss."""
    return [
        *convolutions(1, 64),
        torch.nn.MaxPool2d(2),
        *convolutions(64, 32),
        torch.nn.MaxPool2d(2),
        *convolutions(32, 32),
        torch.nn.Upsample(scale_factor=2.0),
        *convolutions(32, 64),
        torch.nn.Upsample(scale_factor=2.0),
        torch.nn.Conv2d(64, 1, 3, padding=1),
    ]


def lenet5():
    return [
        torch.nn.Conv2d(1, 6, 3),
        torch.nn.ReLU(),
        torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(6, 16, 3),
        torch.nn.ReLU(),
        torch.nn.AvgPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(400, 120),
        torch.nn.ReLU(),
        torch.nn.Linear(120, 84),
        torch.nn.ReLU(),
        torch.nn.Linear(84, 10),
    ]


def normalized(channels, filters):
    """Returns a convolution with batch normalization between it and its activation."""
    return [
        torch.nn.Conv2d(channels, filters, 3, padding=1, bias=False),
        torch.nn.BatchNorm2d(filters, eps=1e-5),
        torch.nn.ReLU(),
    ]


def vgg_small():
    return [
        *normalized(3, 32),
        *normalized(32, 32),
        torch.nn.MaxPool2d(2),
        *normalized(32, 64),
        *normalized(64, 64),
        torch.nn.MaxPool2d(2),
        *normalized(64, 128),
        *normalized(128, 128),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(2048, 10),
    ]


WORKLOADS = {
    "redundancy-autoencoder": Workload(autoencoder, (1, 28, 28), 0),
    "lenet5": Workload(lenet5, (1, 28, 28), 10),
    "vgg-small": Workload(vgg_small, (3, 32, 32), 10),
}


def built(workload):
    """Returns the network in training mode; its layers are called layer0, layer1 and so on."""
    named = ((f"layer{place}", layer) for place, layer in enumerate(workload.layers()))
    return torch.nn.Sequential(collections.OrderedDict(named)).train()


def loss_name(workload):
    """Returns the function of torch.nn.functional that compares outputs with targets."""
    return "cross_entropy" if workload.classes else "binary_cross_entropy_with_logits"


def count_of(network):
    return sum(weight.numel() for weight in network.parameters())


def train(workload, settings):
    """Trains, and returns what the benchmark asks for."""
    torch.set_num_threads(settings.threads)
    images = torch.rand(settings.examples, *workload.shape)
    if workload.classes:
        targets = torch.randint(workload.classes, (settings.examples,))
    else:
        targets = torch.rand(settings.examples, *workload.shape).round()
    network = built(workload)
    loss = getattr(torch.nn.functional, loss_name(workload))
    adam = torch.optim.Adam(network.parameters(), lr=RATE)

    def learn(chosen):
        adam.zero_grad()
        result = loss(network(images[chosen]), targets[chosen])
        result.backward()
        adam.step()
        return result.item() * len(chosen)

    def epoch():
        batches = torch.randperm(settings.examples).split(settings.batch)
        return sum(learn(chosen) for chosen in batches) / settings.examples

    for _ in range(settings.warm_up):
        learn(torch.randperm(settings.examples)[: settings.batch])
    start = time.perf_counter()
    cpu_start = time.process_time()
    losses = [epoch() for _ in range(settings.epochs)]
    return {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": time.process_time() - cpu_start,
        "weights": count_of(network),
        "first_loss": losses[0],
        "last_loss": losses[-1],
    }


class Step(torch.nn.Module):
    """Holds what a step changes: the network, both of Adam's moments of each weight, the count."""

    steps: int

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.steps = 0
        for place, weight in enumerate(network.parameters()):
            self.register_buffer(f"first{place}", torch.zeros_like(weight))
            self.register_buffer(f"second{place}", torch.zeros_like(weight))


def export(workload, file):
    """Writes a step, and returns the number of weights."""
    network = built(workload)
    names = [name for name, _ in network.named_parameters()]
    source = STEP.format(
        weights=", ".join(f"self.network.{name}" for name in names),
        firsts=", ".join(f"self.first{place}" for place in range(len(names))),
        seconds=", ".join(f"self.second{place}" for place in range(len(names))),
        loss=loss_name(workload),
        rate=RATE,
    )
    step = torch.jit.script(Step(network))
    step.define(source)
    step.save(file)
    return {"weights": count_of(network)}


def read_settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--network", choices=list(WORKLOADS), default="redundancy-autoencoder")
    parser.add_argument("--export")
    parser.add_argument("--examples", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--warm-up", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main():
    settings = read_settings()
    if settings.check:
        return
    torch.manual_seed(1)
    workload = WORKLOADS[settings.network]
    if settings.export:
        result = export(workload, settings.export)
    else:
        result = train(workload, settings)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
