"""Records what Carlini's definitions of his Linf and L0 attacks reach on LeNet-5.

Usage: python3 record_cw.py MODEL.onnx IMAGES.gz LABELS.gz OUT_FOLDER

Needs torch and onnx. A restatement, in PyTorch 1.13 and NumPy, of what nn_robust_attacks' li_attack.py and
l0_attack.py compute (they need TensorFlow 1): images in [-0.5, 0.5], a change of variables with tanh,
TensorFlow's form of Adam, one weight c that only grows, a warm start from the image before, and for L0 the
slope of the whole objective in the scores. All images run side by side, each with its own state, so that nothing of one depends on another.

Writes carlini-linf.csv (largest change) and carlini-l0.csv (pixels that differ by 0.0001 or more), a row
for each of the first 50 MNIST test images that the model knows; Infinity where nothing was found. Each
column is a goal: untargeted, or the class after the label.
"""

import gzip
import os
import sys
import time

import numpy
import onnx
import torch
from onnx import numpy_helper

IMAGES = 50
ITERATIONS = 100
UNCHANGED = 1e-4


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

    # The shipped model takes [0, 1], the attacks make [-0.5, 0.5].
    return lambda x: logits(x.reshape(-1, 1, 28, 28) + 0.5)


def to_tanh_space(image):
    return numpy.arctanh(image.astype("float64") * 1.999999).astype("float32")


class Adam:
    """TensorFlow 1's, whose 1e-8 stands beside the uncorrected root; one clock for each row."""

    def __init__(self, rows, features, rate):
        self.rate = rate
        self.mean = numpy.zeros((rows, features), "float32")
        self.square = numpy.zeros((rows, features), "float32")
        self.steps = numpy.zeros((rows, 1))

    def forget(self, row):
        self.mean[row] = 0
        self.square[row] = 0
        self.steps[row] = 0

    def step(self, rows, gradient):
        self.steps[rows] += 1
        self.mean[rows] = 0.9 * self.mean[rows] + 0.1 * gradient
        self.square[rows] = 0.999 * self.square[rows] + 0.001 * gradient**2
        clock = self.steps[rows]
        size = self.rate * numpy.sqrt(1 - 0.999**clock) / (1 - 0.9**clock)
        return (size * self.mean[rows] / (numpy.sqrt(self.square[rows]) + 1e-8)).astype("float32")


class Search:
    """What both attacks share: each row's variable, weight and count of steps."""

    def __init__(self, network, images, classes, targeted, rate, weight, largest_weight):
        self.network = network
        self.images = images
        self.classes = classes
        self.targeted = targeted
        self.largest_weight = largest_weight
        self.origin = to_tanh_space(images)
        self.variable = self.origin.copy()
        self.adam = Adam(*images.shape, rate)
        self.weight = numpy.full((len(images), 1), weight, "float32")
        self.iteration = numpy.zeros(len(images), int)
        self.found = [None] * len(images)
        self.queries = 0

    def restart(self, row, image):
        """The next round starts from an image with a fresh optimiser; the weight stays."""
        self.variable[row] = to_tanh_space(image)
        self.adam.forget(row)
        self.iteration[row] = 0

    def margin(self, rows, scores):
        own = torch.from_numpy(self.classes[rows])[:, None]
        real = scores.gather(1, own)[:, 0]
        other = scores.scatter(1, own, -10000.0).max(1).values
        return other - real if self.targeted else real - other

    def succeeds(self, rows, scores):
        hit = scores.argmax(1).numpy() == self.classes[rows]
        return hit if self.targeted else ~hit

    def run(self):
        active = numpy.arange(len(self.images))
        while len(active):
            self.queries += len(active)
            goes_on = self.turn(active)
            active = active[goes_on]
        return self.found

    def grows(self, row):
        """Counts a step; returns whether a weight is left."""
        self.iteration[row] += 1
        if self.iteration[row] == ITERATIONS:
            self.iteration[row] = 0
            self.weight[row] *= 2
        return self.weight[row, 0] < self.largest_weight


class Linf(Search):
    def __init__(self, network, images, classes, targeted):
        super().__init__(network, images, classes, targeted, 5e-3, 1e-5, 20)
        self.tau = numpy.ones((len(images), 1), "float32")
        self.was_low = numpy.zeros(len(images), bool)

    def turn(self, rows):
        variable = torch.from_numpy(self.variable[rows]).requires_grad_()
        image = torch.tanh(variable) / 2
        scores = self.network(image)
        weight = torch.from_numpy(self.weight[rows, 0])
        beyond = (image - torch.tanh(torch.from_numpy(self.origin[rows])) / 2).abs()
        penalty = (beyond - torch.from_numpy(self.tau[rows])).clamp(min=0).sum(1)
        loss = weight * self.margin(rows, scores).clamp(min=0) + penalty
        loss.sum().backward()
        goes_on = numpy.ones(len(rows), bool)
        # The code looks at the image after the step that follows a low loss.
        taken = self.was_low[rows] & self.succeeds(rows, scores)
        self.was_low[rows] = loss.detach().numpy() < 1e-4 * self.weight[rows, 0]
        step = self.adam.step(rows, variable.grad.numpy())
        for index, row in enumerate(rows):
            if taken[index]:
                self.found[row] = image[index].detach().numpy()
                largest = numpy.abs(self.found[row] - self.images[row]).max()
                self.tau[row] = 0.9 * min(self.tau[row, 0], largest)
                self.was_low[row] = False
                self.restart(row, self.found[row])
                goes_on[index] = self.tau[row, 0] > 1 / 256
            else:
                self.variable[row] -= step[index]
                goes_on[index] = self.grows(row)
        return goes_on

    def distances(self):
        return [
            numpy.nan if found is None else numpy.abs(found - image).max()
            for found, image in zip(self.found, self.images)
        ]


class L0(Search):
    def __init__(self, network, images, classes, targeted):
        super().__init__(network, images, classes, targeted, 1e-2, 1e-3, 2e6)
        self.valid = numpy.ones(images.shape, bool)

    def turn(self, rows):
        variable = torch.from_numpy(self.variable[rows]).requires_grad_()
        valid = torch.from_numpy(self.valid[rows])
        image = torch.where(valid, torch.tanh(variable) / 2, torch.from_numpy(self.images[rows]))
        scores = self.network(image)
        hinge = (self.margin(rows, scores) + 0.01).clamp(min=0)
        change = image - torch.tanh(torch.from_numpy(self.origin[rows])) / 2
        loss = torch.from_numpy(self.weight[rows, 0]) * hinge + (change**2).sum(1)
        loss.sum().backward()
        slope = variable.grad.numpy()
        done = hinge.detach().numpy() < 1e-4
        step = self.adam.step(rows, slope)
        goes_on = numpy.ones(len(rows), bool)
        for index, row in enumerate(rows):
            if done[index]:
                self.found[row] = image[index].detach().numpy()
                self.shrink(row, slope[index])
                self.restart(row, self.found[row])
                goes_on[index] = self.valid[row].any()
            else:
                self.variable[row] -= step[index]
                goes_on[index] = self.grows(row)
        return goes_on

    def shrink(self, row, slope):
        change = numpy.abs(self.found[row] - self.images[row])
        scores = change * numpy.abs(slope)
        enough = 0.3 * (change >= UNCHANGED).sum() ** 0.5
        order = [place for place in numpy.argsort(scores) if self.valid[row, place]]
        for count, place in enumerate(order, 1):
            self.valid[row, place] = False
            if scores[place] > 0.01 or count >= enough:
                return

    def distances(self):
        return [
            numpy.nan if found is None else (numpy.abs(found - image) >= UNCHANGED).sum()
            for found, image in zip(self.found, self.images)
        ]


def write(path, numbers, columns):
    with open(path, "w") as file:
        file.write(",".join(["image", *columns]) + "\n")
        for row, image in enumerate(numbers):
            values = [
                "Infinity" if numpy.isnan(distances[row]) else "%.6g" % distances[row]
                for distances in columns.values()
            ]
            file.write(",".join([str(image), *values]) + "\n")


def main(model_file, images_file, labels_file, out):
    torch.set_num_threads(1)
    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    images = pixels.reshape(-1, 784)[:IMAGES].astype("float32") / 255 - numpy.float32(0.5)
    labels = numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8)[:IMAGES]
    labels = labels.astype("int64")
    network = lenet5(model_file)
    right = numpy.flatnonzero(network(torch.from_numpy(images)).argmax(1).numpy() == labels)
    images, labels = images[right], labels[right]
    linf, l0 = {}, {}
    for goal, classes in (("untargeted", labels), ("next class", (labels + 1) % 10)):
        targeted = goal != "untargeted"
        for kind, columns in ((Linf, linf), (L0, l0)):
            start = time.process_time()
            search = kind(network, images, classes, targeted)
            search.run()
            distances = search.distances()
            columns[goal] = distances
            print(kind.__name__, goal, "median", numpy.nanmedian(distances), "mean",
                  numpy.nanmean(distances), "failed", numpy.isnan(distances).sum(), "queries",
                  search.queries, "seconds", round(time.process_time() - start, 1), flush=True)
    write(os.path.join(out, "carlini-linf.csv"), right, linf)
    write(os.path.join(out, "carlini-l0.csv"), right, l0)


if __name__ == "__main__":
    main(*sys.argv[1:])
