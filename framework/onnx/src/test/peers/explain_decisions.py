"""Shows where ONNX Runtime's training steps part from PyTorch's in double precision, element by element.

    mvn -pl framework/onnx test -Dtest=TrainingStepTest -Dhone.training.dump=FOLDER
    python3 explain_decisions.py FOLDER

The first writes what each Relu and each pool saw in three steps on batches of 64, and the weights behind each step. This
lists the Relus and pools that decide otherwise in PyTorch, and repeats the steps with ONNX Runtime's decisions: if
nothing but decisions differs, the weights then agree to the precision of single numbers.
"""

import sys
from pathlib import Path

import numpy
import torch
from record_training_steps import MOMENTUM, RATE, STEPS, loss_of, prepared
from torch import nn
from torch.nn import functional

COUNT, SHOWN = 64, 3


def stored(file, shape):
    return torch.from_numpy(numpy.fromfile(file, dtype="<f4").reshape(shape).copy()).double()


def places(values):
    return functional.max_pool2d(values, 2, return_indices=True)[1].flatten(2)


def decide(module, x, theirs, forced, say):
    """Applies a Relu or a pool, with the other side's decisions if they are forced."""
    if isinstance(module, nn.ReLU):
        mine, other = x > 0, theirs > 0
        for place in (mine != other).nonzero()[:SHOWN]:
            say("Relu at %s: here %.3g, there %.3g" % (place.tolist(), x[tuple(place)], theirs[tuple(place)]))
        return x * (other if forced else mine), int((mine != other).sum())
    mine, other = places(x), places(theirs)
    planes = x.flatten(2)
    largest, chosen = planes.gather(2, mine), planes.gather(2, other)
    differs = (mine != other) & (largest != chosen)
    for place in differs.nonzero()[:SHOWN]:
        say("pool, window %s: %.9g there, %.9g here" % (place.tolist(), chosen[tuple(place)], largest[tuple(place)]))
    shape = (*x.shape[:2], x.shape[2] // 2, x.shape[3] // 2)
    return (chosen if forced else largest).view(shape), int(differs.sum())


def train(folder, name, forced):
    network, images, target = prepared(name, torch.float64, COUNT)
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE, momentum=MOMENTUM)
    for step in range(STEPS):
        x, number, decided = images, 0, 0
        for module in network:
            if isinstance(module, (nn.ReLU, nn.MaxPool2d)):
                theirs = stored(folder / ("%d_%d" % (step, number)), x.shape)
                say = (lambda text: None) if forced or step else print
                x, count = decide(module, x, theirs, forced, say)
                number, decided = number + 1, decided + count
            else:
                x = module(x)
        optimizer.zero_grad()
        loss_of(name, x, target).backward()
        optimizer.step()
        weights = [weight for module in network if hasattr(module, "weight") for weight in (module.weight, module.bias)]
        worst = max(
            float((stored(folder / ("%d_w%d" % (step, i)), weight.shape) - weight.detach()).abs().max())
            for i, weight in enumerate(weights))
        print("%s, %s decisions, step %d: %d differ, weights by %.1e" % (
            name, "their" if forced else "own", step + 1, decided, worst))


def main(folder):
    torch.set_num_threads(1)
    for name in ("autoencoder", "vgg"):
        for forced in (False, True):
            train(Path(folder) / name, name, forced)


if __name__ == "__main__":
    main(sys.argv[1])
