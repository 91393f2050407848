"""Runs the published Square attacks on MNIST test images against the shipped LeNet-5.

Usage: python3 square_of_authors.py MODEL.onnx IMAGES.gz LABELS.gz CODE NORM EPSILON [options]

CODE is a checkout of the authors' square-attack (norms linf and l2, the file attack.py) or of
auto-attack (norm l1, the folder autoattack). Neither is changed: the authors' file gets a model and
a seed of ours in place of its own. Needs numpy, onnx and torch.

Prints one line for each seed: how many images of those classified correctly the attack breaks, the
mean and median number of queries over the broken ones, and seconds. Whether an image is broken is
judged afterwards by the largest logit of the image that came out, where a tie is no success.
"""

import argparse
import gzip
import os
import sys
import tempfile
import time
import types

import numpy
import onnx
import torch
from onnx import numpy_helper


def lenet5(path):
    weights = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
        for tensor in onnx.load(path).graph.initializer
    }

    def logits(x):
        for layer in ("conv1", "conv2"):
            x = torch.conv2d(x, weights[layer + ".kernel"], weights[layer + ".bias"])
            x = torch.nn.functional.avg_pool2d(torch.relu(x), 2)
        x = x.flatten(1)
        for layer in ("dense1", "dense2"):
            x = torch.relu(x @ weights[layer + ".matrix"] + weights[layer + ".bias"])
        return x @ weights["dense3.matrix"] + weights["dense3.bias"]

    return logits


class Model:
    """What the authors' file expects of a model: logits of arrays, and its two losses."""

    def __init__(self, network):
        self.network = network

    def predict(self, images):
        with torch.no_grad():
            parts = torch.from_numpy(images.astype("float32")).split(256)
            return torch.cat([self.network(part) for part in parts]).numpy()

    def loss(self, wanted, logits, targeted=False, loss_type="margin_loss"):
        own = logits[wanted]
        if loss_type == "margin_loss":
            rivals = numpy.where(wanted, -numpy.inf, logits).max(1)
            return rivals - own if targeted else own - rivals
        top = logits.max(1)
        entropy = numpy.log(numpy.exp(logits - top[:, None]).sum(1)) + top - own
        return entropy if targeted else -entropy


def authors(code, network, images, classes, settings, seed):
    for name in ("data", "models"):
        sys.modules[name] = types.ModuleType(name)
    sys.path.insert(0, code)
    import attack

    attack.model = Model(network)
    attack.log = types.SimpleNamespace(print=lambda message: None)
    plant = numpy.random.seed
    numpy.random.seed = lambda ignored: plant(seed)
    run = attack.square_attack_linf if settings.norm == "linf" else attack.square_attack_l2
    everyone = numpy.ones(len(images), bool)
    wanted = numpy.arange(10)[None, :] == classes[:, None]
    loss = "cross_entropy" if settings.loss == "ce" else "margin_loss"
    with tempfile.TemporaryDirectory() as folder, numpy.errstate(all="ignore"):
        metrics = os.path.join(folder, "metrics.npy")
        queries, found = run(
            attack.model, images.numpy().astype("float64"), wanted, everyone, settings.epsilon,
            settings.queries, settings.p, metrics, settings.targeted, loss)
    numpy.random.seed = plant
    return queries, torch.from_numpy(found.astype("float32"))


def autoattack(code, network, images, classes, settings, seed):
    sys.path.insert(0, code)
    from autoattack.square import SquareAttack

    attack = SquareAttack(
        network, norm={"linf": "Linf", "l2": "L2", "l1": "L1"}[settings.norm], eps=settings.epsilon,
        n_queries=settings.queries, p_init=settings.p, seed=seed, targeted=settings.targeted,
        loss=settings.loss, resc_schedule=True, device="cpu")
    attack.init_hyperparam(images)
    torch.random.manual_seed(seed)
    queries, found = attack.attack_single_run(images, classes)
    return queries.numpy(), found


def main():
    parser = argparse.ArgumentParser()
    for name in ("model", "images", "labels", "code"):
        parser.add_argument(name)
    parser.add_argument("norm", choices=("linf", "l2", "l1"))
    parser.add_argument("epsilon", type=float)
    parser.add_argument("--queries", type=int, default=5000)
    parser.add_argument("--p", type=float, default=0.8)
    parser.add_argument("--loss", choices=("margin", "ce"), default="margin")
    parser.add_argument("--targeted", action="store_true", help="to the class after the label")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--threads", type=int, default=2)
    settings = parser.parse_args()
    torch.set_num_threads(settings.threads)
    pixels = numpy.frombuffer(gzip.open(settings.images).read(), numpy.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28)[: settings.count].astype("float32") / 255)
    labels = torch.from_numpy(
        numpy.frombuffer(gzip.open(settings.labels).read(), numpy.uint8, offset=8)[: settings.count].astype("int64"))
    network = lenet5(settings.model)
    right = network(images).argmax(1) == labels
    images, labels = images[right], labels[right]
    classes = (labels + 1) % 10 if settings.targeted else labels
    run = autoattack if os.path.isdir(os.path.join(settings.code, "autoattack")) else authors
    for seed in settings.seeds:
        start = time.time()
        queries, found = run(settings.code, network, images, classes if run is autoattack else classes.numpy(), settings, seed)
        seconds = time.time() - start
        predicted = network(found).argmax(1)
        broken = (predicted == classes if settings.targeted else predicted != classes).numpy()
        print(
            "seed %d: %d of %d, queries mean %.1f, median %.0f, %.0f s"
            % (seed, broken.sum(), len(broken), queries[broken].mean(), numpy.median(queries[broken]), seconds),
            flush=True)


if __name__ == "__main__":
    main()
