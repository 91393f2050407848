"""Runs the authors' AutoAttack on a classifier of Hone, and tells what ended each image.

Usage: reference_autoattack.py --reference CHECKOUT --model MODEL.onnx (--data FOLDER | --arrays FOLDER)
           --norm Linf --epsilon 0.1 [--count N] [--seeds 0,1,2] [--out FILE.json] ...
       reference_autoattack.py --check      tells whether everything it imports is there

CHECKOUT is a clone of github.com/fra31/auto-attack. Images are the first N of the test set, in
order and in [0, 1]: of MNIST or CIFAR-10 in their usual files below --data, chosen by the shape that
the model takes; or of clean.npy and labels.npy in --arrays, as Hone saves them.

The result is one JSON object, printed or written to --out. It tells for each seed which images the
model takes for another class at once ("misclassified"), which ones each attack of AutoAttack breaks,
and which ones are left ("robust"); and the seconds of each attack. Attacks run as AutoAttack runs
them, in batches of --batch images: each attack gets the clean images that no earlier one broke.
With --alone, each named attack also runs on all images that are classified correctly, of the first
--alone-count images; --seeds "" leaves it at that, with seed 0. An --out that is there keeps its
other seeds, if all else is the same.
Needs torch, numpy and onnx.
"""

import argparse
import contextlib
import gzip
import hashlib
import json
import pathlib
import re
import sys
import time

try:
    import numpy
    import torch

    import onnx_network
except ImportError as missing:
    sys.exit(f"{sys.argv[0]}: {missing}")

TOLERANCE = 1e-3


def read_settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--reference", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--arrays", type=pathlib.Path)
    parser.add_argument("--norm", choices=["Linf", "L2", "L1"], default="Linf")
    parser.add_argument("--epsilon", type=float)
    parser.add_argument("--version", choices=["standard", "plus", "rand"], default="standard")
    parser.add_argument("--count", type=int, help="images; default: all")
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--batch", type=int, default=250, help="images at a time; default: AutoAttack's")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--alone", nargs="*", default=[], metavar="ATTACK")
    parser.add_argument("--alone-count", type=int, help="images for --alone; default: all")
    parser.add_argument("--logits", type=pathlib.Path, help="another runtime's logits of the first images, npy")
    parser.add_argument("--warm-up", action="store_true", help="attack ten images before the clock starts")
    parser.add_argument("--out", type=pathlib.Path)
    return parser.parse_args()


def read_images(settings, shape):
    """Returns the images in [0, 1] and their labels."""
    if settings.arrays:
        images = numpy.load(settings.arrays / "clean.npy")
        labels = numpy.load(settings.arrays / "labels.npy")
    elif shape == (1, 28, 28):
        folder = settings.data / "mnist"
        pixels = gzip.open(folder / "t10k-images-idx3-ubyte.gz").read()
        classes = gzip.open(folder / "t10k-labels-idx1-ubyte.gz").read()
        images = numpy.frombuffer(pixels, numpy.uint8, offset=16).reshape(-1, *shape)
        labels = numpy.frombuffer(classes, numpy.uint8, offset=8)
    elif shape == (3, 32, 32):
        file = settings.data / "cifar-10-batches-bin" / "test_batch.bin"
        records = numpy.fromfile(file, numpy.uint8).reshape(-1, 1 + 3 * 32 * 32)
        images, labels = records[:, 1:].reshape(-1, *shape), records[:, 0]
    else:
        sys.exit(f"{sys.argv[0]}: no data set is known for images of the shape {shape}; give --arrays")
    images, labels = images[: settings.count], labels[: settings.count]
    if images.dtype == numpy.uint8:
        images = images.astype(numpy.float32) / 255
    return torch.tensor(images), torch.tensor(labels.astype(numpy.int64))


def check_logits(network, images, file):
    """Ends the script where the rebuilt network is not the one that another runtime runs."""
    expected = torch.tensor(numpy.load(file))
    with torch.no_grad():
        difference = (network(images[: len(expected)]) - expected).abs().max().item()
    print(f"largest difference to the logits in {file}: {difference:.2g}", file=sys.stderr)
    if not difference <= TOLERANCE:
        sys.exit(f"{sys.argv[0]}: the network differs from the one behind {file}")


def distances(changes, norm):
    flat = changes.flatten(1).double()
    order = {"Linf": float("inf"), "L2": 2, "L1": 1}[norm]
    return torch.linalg.vector_norm(flat, order, dim=1)


class Evaluation:
    """AutoAttack with one seed on one model, one attack after the other."""

    def __init__(self, autoattack, network, images, labels, settings, seed):
        self.autoattack = autoattack
        self.network = network
        self.images = images
        self.labels = labels
        self.settings = settings
        self.seed = seed
        with torch.no_grad():
            self.correct = network(images).argmax(1) == labels

    def adversary(self):
        return self.autoattack.AutoAttack(
            self.network,
            norm=self.settings.norm,
            eps=self.settings.epsilon,
            seed=self.seed,
            verbose=False,
            version=self.settings.version,
            device="cpu",
        )

    def attack(self, adversary, name, attacked):
        """Runs one attack on the images of these indices; returns those it breaks, and a report."""
        adversary.attacks_to_run = [name]
        start = time.perf_counter()
        found, predicted = adversary.run_standard_evaluation(
            self.images[attacked], self.labels[attacked], bs=self.settings.batch, return_labels=True
        )
        seconds = time.perf_counter() - start
        broken = predicted != self.labels[attacked]
        sizes = distances((found - self.images[attacked])[broken], self.settings.norm)
        report = {
            "name": name,
            "attacked": len(attacked),
            "broken": int(broken.sum()),
            "seconds": round(seconds, 2),
            "largest_distance": float(sizes.max()) if len(sizes) else 0.0,
        }
        print(f"seed {self.seed}: {json.dumps(report)}", file=sys.stderr, flush=True)
        return attacked[broken], report

    def run(self):
        """Returns what AutoAttack does: each attack gets what the earlier ones left."""
        adversary = self.adversary()
        names = list(adversary.attacks_to_run)
        left = self.correct.nonzero().flatten()
        ended = {"misclassified": (~self.correct).nonzero().flatten().tolist()}
        stages = []
        for name in names:
            if len(left) == 0:
                break
            broken, report = self.attack(adversary, name, left)
            stages.append(report)
            ended[name] = broken.tolist()
            left = left[~torch.isin(left, broken)]
        ended["robust"] = left.tolist()
        return {
            "seed": self.seed,
            "robust_accuracy": len(left) / len(self.labels),
            "seconds": round(sum(stage["seconds"] for stage in stages), 2),
            "stages": stages,
            "ended": ended,
        }

    def run_alone(self, name):
        """Returns what one attack does on the first images, where they are classified correctly."""
        attacked = self.correct[: self.settings.alone_count].nonzero().flatten()
        broken, report = self.attack(self.adversary(), name, attacked)
        left = attacked[~torch.isin(attacked, broken)]
        count = self.settings.alone_count or len(self.labels)
        return {"seed": self.seed, "count": count, **report, "robust": left.tolist()}


def digest(files):
    summed = hashlib.sha256()
    for file in files:
        summed.update(file.read_bytes())
    return summed.hexdigest()


def evaluate(settings):
    sys.path.insert(0, str(settings.reference))
    try:
        import autoattack
    except ImportError as missing:
        sys.exit(f"{sys.argv[0]}: --reference {settings.reference}: {missing}; name a clone of fra31/auto-attack")
    torch.set_num_threads(settings.threads)
    network = onnx_network.Network(settings.model).eval()
    images, labels = read_images(settings, network.shape)
    if settings.logits:
        check_logits(network, images, settings.logits)
    if settings.warm_up:
        Evaluation(autoattack, network, images[:10], labels[:10], settings, 0).run()
    runs, alone = [], []
    seeds = [int(seed) for seed in settings.seeds.split(",") if seed]
    for seed in seeds or [0]:
        evaluation = Evaluation(autoattack, network, images, labels, settings, seed)
        if seeds:
            runs.append(evaluation.run())
        alone += [evaluation.run_alone(name) for name in settings.alone]
    sources = sorted((settings.reference / "autoattack").glob("*.py"))
    return {
        "model": settings.model.parent.name,
        "model_sha256": digest([settings.model]),
        "reference_sha256": digest(sources),
        "torch": torch.__version__,
        "threads": settings.threads,
        "batch": settings.batch,
        "version": settings.version,
        "norm": settings.norm,
        "epsilon": settings.epsilon,
        "count": len(labels),
        "runs": runs,
        "alone": alone,
    }


def merged(before, result):
    """Returns the result with what an earlier one holds of other seeds."""
    for name, value in before.items():
        if name not in ("runs", "alone", "threads") and result[name] != value:
            sys.exit(f"{sys.argv[0]}: --out was made with another {name}: {value}; name a new file")
    for part, same in (
        ("runs", lambda a, b: a["seed"] == b["seed"]),
        ("alone", lambda a, b: (a["seed"], a["name"]) == (b["seed"], b["name"])),
    ):
        kept = [old for old in before[part] if not any(same(old, new) for new in result[part])]
        result[part] = sorted(kept + result[part], key=lambda run: run["seed"])
    return result


def main():
    settings = read_settings()
    if settings.check:
        return
    for name in ("reference", "model", "epsilon"):
        if getattr(settings, name) is None:
            sys.exit(f"{sys.argv[0]}: --{name} is missing")
    if (settings.data is None) == (settings.arrays is None):
        sys.exit(f"{sys.argv[0]}: give either --data or --arrays")
    with contextlib.redirect_stdout(sys.stderr):  # AutoAttack prints its warnings
        result = evaluate(settings)
    if settings.out and settings.out.exists():
        result = merged(json.loads(settings.out.read_text()), result)
    # Each list of images on a line of its own.
    text = json.dumps(result, indent=1)
    text = re.sub(r"\[[\d,\s]+\]", lambda found: re.sub(r"\s+", " ", found[0]), text)
    if settings.out:
        settings.out.write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
