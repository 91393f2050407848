"""Records the surprise of a network by scipy, as an oracle for the metric. Needs numpy, scipy, torch and onnx.

Usage: python3 record_surprise.py --model models/mnist-lenet5/model.onnx --images IMAGES.gz > OUT.json

Compares what the last Relu returns for the first test images of MNIST with what it returns for the
test images 200 to 3199, by scipy.stats.gaussian_kde and by plain distances, and prints the figures
as JSON.
"""

import argparse
import json

import numpy
import record_coverage
from scipy.stats import gaussian_kde

PROFILE = slice(200, 3200)
LEAST_VARIANCE = 1e-3
BUCKETS = 1000


def likelihoods(traces, classes, ordinary, ordinary_classes):
    kept = numpy.ones(ordinary.shape[1], bool)
    for label in numpy.unique(ordinary_classes):
        kept &= ordinary[ordinary_classes == label].var(axis=0) >= LEAST_VARIANCE
    densities = {
        label: gaussian_kde(ordinary[ordinary_classes == label][:, kept].T)
        for label in numpy.unique(ordinary_classes)
    }
    return [-densities[label].logpdf(trace[kept])[0] for trace, label in zip(traces, classes)]


def distances(traces, classes, ordinary, ordinary_classes):
    found = []
    for trace, label in zip(traces, classes):
        own = ordinary[ordinary_classes == label]
        to_own = numpy.linalg.norm(own - trace, axis=1)
        nearest = own[to_own.argmin()]
        other = ordinary[ordinary_classes != label]
        found.append(to_own.min() / numpy.linalg.norm(other - nearest, axis=1).min())
    return found


def summary(values, upper):
    values = numpy.array(values)
    inside = values[(values >= 0) & (values <= upper)]
    buckets = numpy.minimum((inside / upper * BUCKETS).astype(int), BUCKETS - 1)
    return {
        "samples": len(values),
        "mean": values.mean(),
        "median": float(numpy.median(values)),
        "max": values.max(),
        "coverage": len(numpy.unique(buckets)) / BUCKETS,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="an ONNX file of digits")
    parser.add_argument("--images", required=True, help="t10k-images-idx3-ubyte, or the same .gz")
    parser.add_argument("--count", type=int, default=60)
    arguments = parser.parse_args()
    images = record_coverage.digits(arguments.images)
    traces, classes = record_coverage.traces(arguments.model, images[: arguments.count])
    ordinary = record_coverage.traces(arguments.model, images[PROFILE])
    print(
        json.dumps(
            {
                "lsa": summary(likelihoods(traces, classes, *ordinary), 2000),
                "dsa": summary(distances(traces, classes, *ordinary), 2),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
