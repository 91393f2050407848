"""Records the distances of the FAB of AutoAttack's authors on a small network and on LeNet-5.

Usage: python3 record_fab.py AUTOATTACK MODEL.onnx IMAGES.gz LABELS.gz OUT

AUTOATTACK is a folder that holds the authors' package `autoattack` (fra31/auto-attack on GitHub).
Needs torch and onnx. Into the folder OUT go

- fab-network.csv: a two-layer ReLU network of 36 features, 24 hidden units and 5 classes,
- fab-images.csv: random images that it classifies, with their labels first,
- fab-distances.csv: for each image, norm and form the distance of the nearest example,
- fab-lenet5.csv: the same of the first 100 MNIST test images that LeNet-5 gets right.

Each is the first restart, which starts at the clean image and draws no random number. The form
`all` looks at every class in each step; `targets` keeps the nearest example of all per-class runs,
where AutoAttack itself stops at the first within epsilon. 100 steps, the defaults otherwise.
"""

import gzip
import pathlib
import sys

import numpy
import torch
from lenet5 import lenet5

NORMS = {"linf": "Linf", "l2": "L2", "l1": "L1"}
FEATURES, HIDDEN, CLASSES, SAMPLES = 36, 24, 5, 60


def distance(change, norm):
    change = change.flatten(1).double()
    if norm == "linf":
        return change.abs().max(1).values
    return change.norm(dim=1) if norm == "l2" else change.abs().sum(1)


def nearest(network, images, labels, norm, targets):
    from autoattack.fab_pt import FABAttack_PT

    attack = FABAttack_PT(network, norm=NORMS[norm], n_iter=100, n_restarts=1, device="cpu")
    best = torch.full((len(images),), float("inf"), dtype=torch.float64)
    for rank in range(2, targets + 2) if targets else [None]:
        attack.target_class = rank
        found = attack.attack_single_run(images, labels, is_targeted=rank is not None)
        wrong = network(found).argmax(1) != labels
        far = torch.full_like(best, float("inf"))
        best = torch.minimum(best, torch.where(wrong, distance(found - images, norm), far))
    return best


def small_network(out):
    random = numpy.random.default_rng(14)
    first = random.normal(0, 3 / FEATURES**0.5, (HIDDEN, FEATURES)).round(4)
    second = random.normal(0, 2 / HIDDEN**0.5, (CLASSES, HIDDEN)).round(4)
    biases = (-0.5 * first.sum(1) + random.normal(0, 0.3, HIDDEN)).round(4)
    # A third of the values are on the border of [0, 1], as in real images.
    images = numpy.clip(1.5 * random.random((SAMPLES, FEATURES)) - 0.25, 0, 1).round(4)
    a, b, c = (torch.tensor(values, dtype=torch.float32) for values in (first, biases, second))

    def network(x):
        return torch.relu(x.flatten(1) @ a.T + b) @ c.T

    pixels = torch.tensor(images, dtype=torch.float32).reshape(-1, 1, 6, 6)
    labels = network(pixels).argmax(1)
    numpy.savetxt(out / "fab-network.csv", numpy.concatenate([first.T, biases[None], second]), "%.4f", ",")
    rows = numpy.concatenate([labels[:, None].numpy(), images], 1)
    numpy.savetxt(out / "fab-images.csv", rows, "%.4f", ",")
    return network, pixels, labels


def record(file, network, images, labels, indices, targets):
    with open(file, "w") as lines:
        lines.write("norm,form,image,distance\n")
        for norm in NORMS:
            for form, count in (("all", 0), ("targets", targets)):
                sizes = nearest(network, images, labels, norm, count)
                print(file.name, norm, form, "mean", sizes[sizes.isfinite()].mean().item(),
                      "failed", (~sizes.isfinite()).sum().item(), flush=True)
                for index, size in zip(indices, sizes.tolist()):
                    lines.write("%s,%s,%d,%.7f\n" % (norm, form, index, size))


def main(autoattack, model_file, images_file, labels_file, out):
    sys.path.insert(0, autoattack)
    torch.set_num_threads(1)
    out = pathlib.Path(out)
    network, images, labels = small_network(out)
    record(out / "fab-distances.csv", network, images, labels, range(SAMPLES), CLASSES - 1)

    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28)[:100].astype("float32") / 255)
    labels = torch.from_numpy(
        numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8)[:100].astype("int64")
    )
    network = lenet5(model_file)
    right = (network(images).argmax(1) == labels).nonzero().flatten()
    record(out / "fab-lenet5.csv", network, images[right], labels[right], right.tolist(), 9)


if __name__ == "__main__":
    main(*sys.argv[1:])
