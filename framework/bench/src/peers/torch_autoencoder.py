"""Takes the time of one epoch of the redundancy autoencoder on PyTorch, and prints it as JSON.

Usage: torch_autoencoder.py --examples N --batch N --threads N
       torch_autoencoder.py --check      tells whether everything it imports is there

The layers are those of Table 2 of Nguyen et al. (Method for Improving Quality of Adversarial
Examples) for images of 1 x 28 x 28, as Hone trains them: Adam, binary cross-entropy of each feature.
Images and masks are noise, drawn before the clock starts; so are a few steps made to warm up.
"""

import argparse
import json
import sys
import time

try:
    import torch
except ImportError as missing:
    sys.exit(f"{sys.argv[0]}: {missing}")

WARM_UP_STEPS = 4


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
    """Returns the network without its last sigmoid, which is part of the loss."""
    return torch.nn.Sequential(
        *convolutions(1, 64),
        torch.nn.MaxPool2d(2),
        *convolutions(64, 32),
        torch.nn.MaxPool2d(2),
        *convolutions(32, 32),
        torch.nn.Upsample(scale_factor=2),
        *convolutions(32, 64),
        torch.nn.Upsample(scale_factor=2),
        torch.nn.Conv2d(64, 1, 3, padding=1),
    )


def read_settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--examples", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main():
    settings = read_settings()
    if settings.check:
        return
    torch.manual_seed(1)
    torch.set_num_threads(settings.threads)
    images = torch.rand(settings.examples, 1, 28, 28)
    masks = torch.rand(settings.examples, 1, 28, 28).round()
    network = autoencoder().train()
    loss = torch.nn.BCEWithLogitsLoss()
    adam = torch.optim.Adam(network.parameters(), lr=0.001)

    def learn(chosen):
        adam.zero_grad()
        loss(network(images[chosen]), masks[chosen]).backward()
        adam.step()

    for _ in range(WARM_UP_STEPS):
        learn(torch.randperm(settings.examples)[: settings.batch])
    start = time.perf_counter()
    for chosen in torch.randperm(settings.examples).split(settings.batch):
        learn(chosen)
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
