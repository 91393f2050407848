"""Records the coverage of a network by numpy, as an oracle for the metric. Needs numpy, torch and onnx.

Usage: python3 record_coverage.py --model models/mnist-lenet5/model.onnx --images IMAGES.gz > OUT.json


Rebuilds the ONNX file in PyTorch (framework/bench/src/peers/onnx_network.py), reads what each Relu
returns for the first test images of MNIST, and prints the figures of several definitions as JSON.
Ranges of neurons are those of the test images 200 to 699.
"""

import argparse
import gzip
import json
import pathlib
import sys

import numpy
import onnx
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "bench/src/peers"))
import onnx_network  # noqa: E402


SECTIONS = 100
PROFILE = slice(200, 700)


def digits(path):
    """Returns the images of a file of MNIST: [N, 1, 28, 28], from 0 to 1."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path) as file:
        pixels = numpy.frombuffer(file.read(), numpy.uint8, offset=16)
    return pixels.reshape(-1, 1, 28, 28).astype(numpy.float32) / 255


def activations(model, images):
    """Returns the output of each Relu, in the order of the graph: [N, C, H, W] or [N, units]."""
    return outputs(model, images, {"Relu"})


def traces(model, images):
    """Returns the output of the last Relu, and the class of each image."""
    logits = outputs(model, images, {"Gemm", "MatMul", "Add"})[-1]
    return activations(model, images)[-1].astype(numpy.float64), logits.argmax(axis=1)


@torch.no_grad()
def outputs(model, images, operators):
    network = onnx_network.Network(model)
    values = {**network.weights, network.image: torch.tensor(images)}
    found = []
    kinds = [node.op_type for node in onnx.load(model).graph.node]
    for kind, (compute, inputs, output) in zip(kinds, network.nodes):
        values[output] = compute(*(values[name] for name in inputs))
        if kind in operators:
            found.append(values[output].numpy())
    return found


def mean(layer):
    return layer.reshape(layer.shape[0], layer.shape[1], -1).mean(axis=2, dtype=numpy.float64)


def unit(layer):
    return layer.reshape(layer.shape[0], -1)


def scaled(layer):
    flat = layer.reshape(layer.shape[0], -1)
    shape = (-1,) + (1,) * (layer.ndim - 1)
    low, high = flat.min(axis=1).reshape(shape), flat.max(axis=1).reshape(shape)
    with numpy.errstate(invalid="ignore"):
        return (layer - low) / (high - low)


def ranges(answers, profile, sections):
    """KMNC, NBC and SNAC: comparisons with the smallest and largest answer to other images."""
    seen = numpy.concatenate(answers, axis=1).astype(numpy.float32)
    known = numpy.concatenate(profile, axis=1).astype(numpy.float32)
    low, high = known.min(axis=0).astype(numpy.float64), known.max(axis=0).astype(numpy.float64)
    count = seen.shape[1]
    below, above = (seen < low).any(axis=0), (seen > high).any(axis=0)
    covered = 0
    for neuron in numpy.flatnonzero(high > low):
        inside = seen[(seen[:, neuron] >= low[neuron]) & (seen[:, neuron] <= high[neuron]), neuron]
        place = (inside - low[neuron]) / (high[neuron] - low[neuron]) * sections
        covered += len(numpy.unique(numpy.minimum(place.astype(int), sections - 1)))
    return {
        "kmnc": covered / (count * sections),
        "nbc": (int(below.sum()) + int(above.sum())) / (2 * count),
        "snac": int(above.sum()) / count,
        "profile.images": len(known),
    }


def figures(layers, profile, neurons, scale, thresholds, sizes):
    answers = [neurons(layer) for layer in layers]
    compared = [neurons(scaled(layer)) for layer in layers] if scale else answers
    count = sum(layer.shape[1] for layer in answers)
    found = {"neurons": count}
    for threshold in thresholds:
        covered = sum(int((layer > threshold).any(axis=0).sum()) for layer in compared)
        found[f"nc.above_{threshold:g}".replace("0.", "0_")] = covered / count
    for size in sizes:
        # A stable sort of the negatives puts the first of equal neurons in front.
        tops = [numpy.argsort(-layer, axis=1, kind="stable")[:, :size] for layer in answers]
        found[f"tknc.top_{size}"] = sum(len(numpy.unique(top)) for top in tops) / count
        patterns = {tuple(tuple(sorted(row)) for row in image) for image in zip(*tops)}
        found[f"tknp.top_{size}"] = len(patterns)
    return {**found, **ranges(answers, [neurons(layer) for layer in profile], SECTIONS)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="an ONNX file of digits")
    parser.add_argument("--images", required=True, help="t10k-images-idx3-ubyte, or the same .gz")
    parser.add_argument("--count", type=int, default=60)
    arguments = parser.parse_args()
    images = digits(arguments.images)
    layers = activations(arguments.model, images[: arguments.count])
    profile = activations(arguments.model, images[PROFILE])
    thresholds, sizes = [0, 0.25, 0.75], [1, 2]
    print(
        json.dumps(
            {
                f"{name} {form}": figures(
                    layers, profile, neurons, form == "scaled", thresholds, sizes
                )
                for name, neurons in (("channel-mean", mean), ("unit", unit))
                for form in ("scaled", "raw")
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
