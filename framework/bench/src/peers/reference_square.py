"""Runs the published Square attacks on a classifier of Hone.

Usage: reference_square.py --reference CHECKOUT --model MODEL.onnx --data FOLDER
           --norm Linf --epsilon 0.1 [--queries N] [--count N] [--seeds 0,1,2] [--threads N] ...

CHECKOUT is a clone of github.com/max-andr/square-attack, the code of the attack's authors (norms Linf
and L2), or of github.com/fra31/auto-attack (norm L1 too). Their files stay as they are: the authors'
file gets the model and the seed from this script in place of its own. Images are the first N of the
test set, as reference_autoattack.py reads them; those that the model takes for another class are left
out.

Prints one line for each seed: how many images the attack breaks, the mean and the median number of
queries that these images took, and seconds. Whether an image is broken is judged by the largest logit
of the image that came out: a tie with the label is none. Needs torch, numpy and onnx.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time
import types

import numpy
import torch

import onnx_network
from reference_autoattack import read_images

BATCH = 256


class Model:
    """What the authors' file expects of a model: logits of arrays, and two losses of logits."""

    def __init__(self, network):
        self.network = network

    def predict(self, images):
        parts = torch.from_numpy(images.astype("float32")).split(BATCH)
        with torch.no_grad():
            return torch.cat([self.network(part) for part in parts]).numpy()

    def loss(self, wanted, logits, targeted=False, loss_type="margin_loss"):
        own = logits[wanted]
        if loss_type == "margin_loss":
            rivals = numpy.where(wanted, -numpy.inf, logits).max(1)
            return rivals - own if targeted else own - rivals
        top = logits.max(1)
        entropy = numpy.log(numpy.exp(logits - top[:, None]).sum(1)) + top - own
        return entropy if targeted else -entropy


def run_authors(network, images, classes, settings, seed):
    for unused in ("data", "models"):
        sys.modules[unused] = types.ModuleType(unused)
    import attack

    attack.model = Model(network)
    attack.log = types.SimpleNamespace(print=lambda message: None)
    plant = numpy.random.seed
    numpy.random.seed = lambda fixed: plant(seed)
    run = {"Linf": attack.square_attack_linf, "L2": attack.square_attack_l2}[settings.norm]
    wanted = torch.nn.functional.one_hot(classes, settings.classes).bool().numpy()
    everyone = numpy.ones(len(images), bool)
    loss = {"margin": "margin_loss", "ce": "cross_entropy"}[settings.loss]
    with tempfile.TemporaryDirectory() as folder, numpy.errstate(all="ignore"):
        queries, found = run(
            attack.model,
            images.numpy().astype("float64"),
            wanted,
            everyone,
            settings.epsilon,
            settings.queries,
            settings.p,
            os.path.join(folder, "metrics.npy"),
            settings.targeted,
            loss,
        )
    numpy.random.seed = plant
    return queries, torch.from_numpy(found.astype("float32"))


def run_autoattack(network, images, classes, settings, seed):
    from autoattack.square import SquareAttack

    attack = SquareAttack(
        network,
        norm=settings.norm,
        eps=settings.epsilon,
        n_queries=settings.queries,
        p_init=settings.p,
        targeted=settings.targeted,
        loss=settings.loss,
        resc_schedule=True,
        device="cpu",
    )
    attack.init_hyperparam(images)
    torch.random.manual_seed(seed)
    queries, found = attack.attack_single_run(images, classes)
    return queries.numpy(), found


def read_settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reference", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--arrays", type=pathlib.Path)
    parser.add_argument("--norm", choices=["Linf", "L2", "L1"], default="Linf")
    parser.add_argument("--epsilon", type=float, required=True)
    parser.add_argument("--queries", type=int, default=5000)
    parser.add_argument("--p", type=float, default=0.8)
    parser.add_argument("--loss", choices=["margin", "ce"], default="margin")
    parser.add_argument("--targeted", action="store_true", help="to the class after the label")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def main():
    settings = read_settings()
    torch.set_num_threads(settings.threads)
    sys.path.insert(0, str(settings.reference))
    network = onnx_network.Network(settings.model).eval()
    images, labels = read_images(settings, network.shape)
    with torch.no_grad():
        logits = torch.cat([network(part) for part in images.split(BATCH)])
    settings.classes = logits.shape[1]
    right = logits.argmax(1) == labels
    images, labels = images[right], labels[right]
    classes = (labels + 1) % settings.classes if settings.targeted else labels
    ensemble = (settings.reference / "autoattack").is_dir()
    run = run_autoattack if ensemble else run_authors
    for seed in map(int, settings.seeds.split(",")):
        start = time.perf_counter()
        queries, found = run(network, images, classes, settings, seed)
        seconds = time.perf_counter() - start
        with torch.no_grad():
            predicted = torch.cat([network(part) for part in found.split(BATCH)]).argmax(1)
        broken = (predicted == classes if settings.targeted else predicted != classes).numpy()
        taken = queries[broken] if broken.any() else numpy.array([numpy.nan])
        print(
            f"seed {seed}: {broken.sum()} of {len(broken)} broken, queries of these: mean "
            f"{taken.mean():.1f}, median {numpy.median(taken):.0f}; {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
