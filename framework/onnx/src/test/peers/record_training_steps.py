"""Records what PyTorch makes of three training steps, for TrainingStepTest.

    python3 record_training_steps.py FOLDER

writes FOLDER/NETWORK.txt for each network: losses, then a line for each tensor, "name norm index value index value ...",
after three steps of SGD with momentum 0.9, in double precision, and how far PyTorch's own single precision is from that.
Weights, images and targets come from a formula that the test has too, so no file holds them.
Needs PyTorch 1.13 (Debian: python3-torch).
"""

import math
import sys
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

RATE, MOMENTUM, STEPS, SAMPLES = 0.01, 0.9, 3, 50


def drawn(seed, count):
    """Returns numbers in [0, 1) of 24 bits each, by SplitMix64."""
    with numpy.errstate(over="ignore"):
        z = (numpy.arange(count, dtype=numpy.uint64) + numpy.uint64(seed * 1000003 + 1)) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    return (z >> numpy.uint64(40)).astype(numpy.float64) / (1 << 24)


def tensor(numbers, shape):
    return torch.from_numpy(numbers.astype(numpy.float32).reshape(shape).copy())



def conv(inputs, outputs, size=3, pad=1):
    return nn.Conv2d(inputs, outputs, size, padding=pad)


def lenet():
    return nn.Sequential(
        conv(1, 6, 5, 2), nn.ReLU(), nn.AvgPool2d(2), conv(6, 16, 5, 0), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)), (1, 28, 28), 64


def autoencoder():
    layers, channels = [], 1
    for width, after in ((64, nn.MaxPool2d), (32, nn.MaxPool2d), (32, None), (64, None)):
        layers += [conv(channels, width), nn.ReLU(), conv(width, width), nn.ReLU(), nn.BatchNorm2d(width, eps=1e-3)]
        layers += [nn.MaxPool2d(2) if after else nn.Upsample(scale_factor=2, mode="nearest")]
        channels = width
    return nn.Sequential(*layers, conv(64, 1)), (1, 28, 28), 4


def vgg():
    layers, channels = [], 3
    for width in (32, 64, 128):
        for _ in range(2):
            layers += [conv(channels, width), nn.ReLU(), nn.BatchNorm2d(width)]
            channels = width
        layers += [nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(2048, 10)), (3, 32, 32), 8


NETWORKS = {"lenet": lenet, "autoencoder": autoencoder, "vgg": vgg}


def fill(network):
    seed = 0
    for module in network:
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            fan = module.weight[0].numel()
            module.weight.data = tensor((2 * drawn(seed, module.weight.numel()) - 1) * math.sqrt(6 / fan), module.weight.shape)
            module.bias.data = tensor((2 * drawn(seed + 1, module.bias.numel()) - 1) * 0.1, module.bias.shape)
            seed += 2
        elif isinstance(module, nn.BatchNorm2d):
            module.weight.data = tensor(1 + (2 * drawn(seed, module.weight.numel()) - 1) * 0.2, module.weight.shape)
            module.bias.data = tensor((2 * drawn(seed + 1, module.bias.numel()) - 1) * 0.2, module.bias.shape)
            seed += 2


def batch(name, shape, count, outputs):
    images = tensor(drawn(1000, count * math.prod(shape)), (count, *shape))
    if name == "autoencoder":
        return images, tensor((drawn(2000, count * outputs) < 0.5).astype(numpy.float64), (count, *shape))
    target = numpy.zeros((count, outputs))
    target[numpy.arange(count), numpy.arange(count) % outputs] = 1
    return images, tensor(target, (count, outputs))


def loss_of(name, scores, target):
    if name == "autoencoder":
        return functional.binary_cross_entropy_with_logits(scores, target)
    return -(functional.log_softmax(scores, 1) * target).sum(1).mean()


def prepared(name, kind, count=None):
    network, shape, usual = NETWORKS[name]()
    fill(network)
    network = network.to(kind).train()
    outputs = math.prod(shape) if name == "autoencoder" else 10
    images, target = batch(name, shape, count or usual, outputs)
    return network, images.to(kind), target.to(kind)


def train(name, kind):
    network, images, target = prepared(name, kind)
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE, momentum=MOMENTUM)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(name, network(images), target)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    tensors = {}
    weights = statistics = 0
    for module in network:
        if hasattr(module, "weight"):
            tensors["w%d" % weights], tensors["w%d" % (weights + 1)] = module.weight, module.bias
            weights += 2
        if isinstance(module, nn.BatchNorm2d):
            tensors["mean%d" % statistics], tensors["variance%d" % statistics] = module.running_mean, module.running_var
            statistics += 1
    return losses, {key: value.detach().double().reshape(-1).numpy() for key, value in tensors.items()}


def main(folder):
    torch.set_num_threads(1)
    for name in NETWORKS:
        losses, tensors = train(name, torch.float64)
        _, single = train(name, torch.float32)
        worst = max(numpy.abs(tensors[key] - single[key]).max() for key in tensors)
        lines = ["# PyTorch %s; its single precision differs by %.1e at most" % (torch.__version__, worst)]
        lines.append("losses " + " ".join("%.9g" % loss for loss in losses))
        for key, value in tensors.items():
            places = sorted(set((numpy.arange(SAMPLES) * (value.size / SAMPLES)).astype(int)))
            samples = " ".join("%d %.9g" % (place, value[place]) for place in places)
            lines.append("%s %.9g %s" % (key, numpy.linalg.norm(value), samples))
        (Path(folder) / (name + ".txt")).write_text("\n".join(lines) + "\n")
        print(name, losses, worst)


if __name__ == "__main__":
    main(sys.argv[1])
