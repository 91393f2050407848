"""Records what Foolbox's pointwise attack leaves of FGSM's perturbation on MNIST test images.

Usage: python3 record_pointwise.py MODEL.onnx IMAGES.gz LABELS.gz OUT.csv

Needs torch, onnx and Foolbox 3.3.4. The examples are those of the first 50 nines of the test set that one
targeted step of 0.3 turns into a four. For each the number of features that still differ and the L2
distance, means over ORDERS random orders: after restoring alone (l2_binary_search=False), and after the
binary searches that follow.
"""

import gzip
import sys

import foolbox
import numpy
import onnx
import torch
from onnx import numpy_helper

EXAMPLES, EPSILON, SOURCE, TARGET = 50, 0.3, 9, 4
ORDERS = {False: 5, True: 5}


class LeNet5(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        self.weights = {
            tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
            for tensor in onnx.load(path).graph.initializer
        }

    def layer(self, name, kind):
        return self.weights[name + "." + kind], self.weights[name + ".bias"]

    def forward(self, x):
        for name in ("conv1", "conv2"):
            x = torch.nn.functional.avg_pool2d(torch.relu(torch.conv2d(x, *self.layer(name, "kernel"))), 2)
        x = x.flatten(1)
        for name in ("dense1", "dense2", "dense3"):
            matrix, bias = self.layer(name, "matrix")
            x = x @ matrix + bias
            x = x if name == "dense3" else torch.relu(x)
        return x


def examples(network, images, labels):
    """Returns the indices, clean images and examples of the nines that become fours."""
    nines = (labels == SOURCE).nonzero().flatten()
    nines = nines[network(images[nines]).argmax(1) == SOURCE]
    clean = images[nines].requires_grad_()
    loss = torch.nn.functional.cross_entropy(network(clean), torch.full((len(nines),), TARGET), reduction="sum")
    (slope,) = torch.autograd.grad(loss, clean)
    clean = clean.detach()
    found = (clean - EPSILON * slope.sign()).clamp(0, 1)
    taken = (network(found).argmax(1) == TARGET).nonzero().flatten()[:EXAMPLES]
    return nines[taken], clean[taken], found[taken]


def main(model_file, images_file, labels_file, out):
    torch.set_num_threads(1)
    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28).astype("float32") / 255)
    labels = torch.from_numpy(
        numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8).astype("int64")
    )
    network = LeNet5(model_file).eval()
    taken, clean, found = examples(network, images, labels)
    model = foolbox.PyTorchModel(network, bounds=(0, 1))
    goal = foolbox.criteria.TargetedMisclassification(torch.full((len(taken),), TARGET))
    figures = []
    for searches, orders in ORDERS.items():
        left, lengths = [], []
        for order in range(orders):
            numpy.random.seed(order)
            attack = foolbox.attacks.PointwiseAttack(l2_binary_search=searches)
            change = (attack.run(model, clean, goal, starting_points=found.clone()) - clean).flatten(1)
            left.append((change != 0).sum(1).double())
            lengths.append(change.norm(dim=1).double())
            print(searches, order, left[-1].mean().item(), lengths[-1].mean().item(), flush=True)
        figures += [torch.stack(left).mean(0), torch.stack(lengths).mean(0)]
    with open(out, "w") as file:
        file.write("image,restored_l0,restored_l2,searched_l0,searched_l2\n")
        for row, image in enumerate(taken.tolist()):
            file.write("%d,%.1f,%.5f,%.1f,%.5f\n" % (image, *(values[row].item() for values in figures)))


if __name__ == "__main__":
    main(*sys.argv[1:])
