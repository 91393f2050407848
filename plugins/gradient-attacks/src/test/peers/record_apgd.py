"""Records what the reference implementation of Auto-PGD does on a small network.

Usage: python3 record_apgd.py AUTOATTACK_FOLDER OUT_FOLDER

AUTOATTACK_FOLDER holds the package `autoattack` of the public repository fra31/auto-attack. Its files stay as they are. Needs
PyTorch and NumPy; recorded with PyTorch 1.13.1. Writes four files that AutoAttackReferenceTest reads:

network.csv          a network of two layers with tanh between them: kind, then numbers
images.csv           images, whose labels are the classes that the network gives them
reference-runs.csv   runs from a given start: run, image, what, numbers. "losses" are those of all iterates as the
                     reference maximises them, "iterate K" is the K-th point (0 is the start), "best" the point with the largest loss,
                     "checkpoints" the iterations after which the reference looks at the step size
reference-rates.csv  runs from random starts: run, number of images that the reference breaks, for three seeds

The network computes in double precision from images in single precision, as the test kit's networks do. At the first checkpoint
the reference compares the loss after the first iteration with 0 in place of the loss at the start. The script follows
images where that changes nothing, and that keep their labels.
"""

import sys

import numpy
import torch

SHAPE = (2, 4, 5)
FEATURES = 40
CLASSES = 8
HIDDEN = 16
IMAGES = 60
CANDIDATES = 20
FOLLOWED = 2
POINTS = (0, 1, 2, 23, 60, 100)
RADIUS = {"Linf": 0.02, "L2": 0.1, "L1": 0.35}
# Smaller balls for the runs that are followed: their images keep their labels.
FOLLOWED_RADIUS = {"Linf": 0.01, "L2": 0.05, "L1": 0.2}


def network(random):
    hidden = numpy.round(random.normal(size=(HIDDEN, FEATURES)) * 3 / FEATURES**0.5, 4)
    biases = numpy.round(-0.5 * hidden.sum(1), 4)
    top = numpy.round(random.normal(size=(CLASSES, HIDDEN)) * 2 / HIDDEN**0.5, 4)
    return hidden, biases, top, numpy.zeros(CLASSES)


class Watched:
    """The network, and all the images that it is asked for with its answers."""

    def __init__(self, weights):
        self.weights = [torch.from_numpy(w) for w in weights]
        self.seen = []

    def __call__(self, images):
        first, one, second, two = self.weights
        hidden = torch.tanh(images.reshape(len(images), -1).double() @ first.T + one)
        logits = hidden @ second.T + two
        self.seen.append((images.detach().clone(), logits.detach().clone()))
        return logits


def line(*cells):
    return ",".join(str(cell) for cell in cells) + "\n"


def numbers(values):
    return " ".join(f"{value:.9g}" for value in values)


def follow(kind, name, norm, loss, weights, images, labels, out):
    """Follows single runs from given starts."""
    model = Watched(weights)
    checkpoints = []
    told_rightly = torch.ones(len(images), dtype=torch.bool)

    class Told(kind):
        def check_oscillation(self, x, j, k, y5, k3=0.75):
            told = super().check_oscillation(x, j, k, y5, k3)
            checkpoints.append(j + 1)
            if j + 1 == k:
                # The oldest comparison reads the last row, which is still zero.
                told_rightly[:] = torch.tensor(
                    [
                        sum(
                            float(x[i][s] > (x[i - 1][s] if i else starts[s])) for i in range(k)
                        )
                        <= k * k3
                        for s in range(x.shape[1])
                    ]
                )
                told_rightly[:] = told_rightly == (told > 0)
            return told

    attack = Told(model, n_iter=100, norm=norm, eps=FOLLOWED_RADIUS[norm], **({"loss": loss} if loss else {}))
    attack.init_hyperparam(images)
    if not loss:
        attack.y_target = model(images).sort(dim=1)[1][:, -3]
    torch.manual_seed(5)
    start = images + FOLLOWED_RADIUS[norm] * attack.normalize(torch.randn(images.shape))
    start = (start.clamp(0, 1) * 4096).round() / 4096

    def losses_of(logits):
        if loss == "ce":
            return torch.nn.functional.cross_entropy(logits, labels, reduction="none")
        return (attack.dlr_loss if loss else attack.dlr_loss_targeted)(logits, labels)

    starts = losses_of(model(start))
    model.seen.clear()
    best, _, _, _ = attack.attack_single_run(images, labels, x_init=start)
    losses = torch.stack([losses_of(logits) for _, logits in model.seen])
    assert len(model.seen) == 101
    # Once the label is no longer on top, Hone's targeted ratio is another one.
    kept = torch.stack([logits.argmax(1) == labels for _, logits in model.seen]).all(0)
    followed = (told_rightly & kept).nonzero().flatten().tolist()[:FOLLOWED]
    assert len(followed) == FOLLOWED
    for image in followed:
        out.write(line(name, image, "losses", numbers(losses[:, image].tolist())))
        for point in POINTS:
            pixels = model.seen[point][0][image].flatten().tolist()
            out.write(line(name, image, f"iterate {point}", numbers(pixels)))
        out.write(line(name, image, "best", numbers(best[image].flatten().tolist())))
    if checkpoints:
        out.write(line(name, 0, "checkpoints", " ".join(map(str, checkpoints))))


def rate(kind, name, norm, loss, weights, images, labels, out):
    """Counts what runs from random starts break."""
    broken = []
    for seed in range(3):
        model = Watched(weights)
        attack = kind(
            model,
            n_iter=100,
            norm=norm,
            eps=RADIUS[norm],
            seed=seed,
            use_largereps=norm == "L1",
            **({"loss": loss} if loss else {"n_target_classes": CLASSES - 1}),
        )
        found = attack.perturb(images, labels)
        distance = (found - images).flatten(1)
        order = {"Linf": float("inf"), "L2": 2, "L1": 1}[norm]
        assert distance.norm(order, dim=1).max() < RADIUS[norm] + 1e-4
        broken.append(int((model(found).argmax(1) != labels).sum()))
    out.write(line(name, " ".join(map(str, broken))))


def main(folder, out):
    sys.path.insert(0, folder)
    from autoattack import autopgd_base as reference

    torch.set_num_threads(1)
    random = numpy.random.default_rng(21)
    weights = network(random)
    with open(f"{out}/network.csv", "w") as file:
        for kind, values in zip(("hidden", "hidden-bias", "top", "top-bias"), weights):
            for row in numpy.atleast_2d(values):
                file.write(line(kind, numbers(row)))
    # Multiples of 1/256 not far from grey: the reference's differences then round nothing away.
    pixels = numpy.round(random.uniform(0.25, 0.75, (IMAGES, *SHAPE)) * 256) / 256
    images = torch.from_numpy(pixels.astype("float32"))
    labels = Watched(weights)(images).argmax(1)
    with open(f"{out}/images.csv", "w") as file:
        for image in range(IMAGES):
            file.write(line(int(labels[image]), numbers(images[image].flatten().tolist())))
    plain, targeted = reference.APGDAttack, reference.APGDAttack_targeted
    runs = [
        ("linf cross-entropy", plain, "Linf", "ce"),
        ("linf dlr", plain, "Linf", "dlr"),
        ("linf targeted-dlr", targeted, "Linf", None),
        ("l2 cross-entropy", plain, "L2", "ce"),
        ("l2 dlr", plain, "L2", "dlr"),
        ("l2 targeted-dlr", targeted, "L2", None),
        ("l1 cross-entropy", plain, "L1", "ce"),
        ("l1 dlr", plain, "L1", "dlr"),
        ("l1 targeted-dlr", targeted, "L1", None),
    ]
    with open(f"{out}/reference-runs.csv", "w") as file:
        for name, kind, norm, loss in runs:
            follow(kind, name, norm, loss, weights, images[:CANDIDATES], labels[:CANDIDATES], file)
    with open(f"{out}/reference-rates.csv", "w") as file:
        for name, kind, norm, loss in runs:
            rate(kind, name, norm, loss, weights, images, labels, file)


main(*sys.argv[1:])
