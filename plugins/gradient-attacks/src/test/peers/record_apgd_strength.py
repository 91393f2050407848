"""Counts the MNIST test images that the reference implementation of Auto-PGD leaves unbroken on the shipped LeNet-5.

Usage: python3 record_apgd_strength.py AUTOATTACK_FOLDER MODEL.onnx IMAGES.gz LABELS.gz COUNT SEEDS

AUTOATTACK_FOLDER holds the package `autoattack` of the public repository fra31/auto-attack. Needs PyTorch and onnx; recorded with
PyTorch 1.13.1, 200 images and 2 seeds. Prints norm, loss, seed and number of images; AutoProjectedGradientDescentStrengthTest holds the numbers.
"""

import gzip
import sys

import numpy
import onnx
import torch
from onnx import numpy_helper


def lenet5(path):
    weights = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
        for tensor in onnx.load(path).graph.initializer
    }

    def network(x):
        for layer in ("conv1", "conv2"):
            x = torch.conv2d(x, weights[layer + ".kernel"], weights[layer + ".bias"])
            x = torch.nn.functional.avg_pool2d(torch.relu(x), 2)
        x = x.flatten(1)
        for layer in ("dense1", "dense2"):
            x = torch.relu(x @ weights[layer + ".matrix"] + weights[layer + ".bias"])
        return x @ weights["dense3.matrix"] + weights["dense3.bias"]

    return network


def main(folder, model_file, images_file, labels_file, count, seeds):
    sys.path.insert(0, folder)
    from autoattack.autopgd_base import APGDAttack, APGDAttack_targeted

    torch.set_num_threads(1)
    count = int(count)
    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28)[:count].astype("float32") / 255)
    labels = numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8)
    labels = torch.from_numpy(labels[:count].astype("int64"))
    network = lenet5(model_file)
    for norm, radius in (("Linf", 0.1), ("L2", 1.5), ("L1", 8.0)):
        for loss in ("ce", "dlr", "dlr-targeted"):
            for seed in range(int(seeds)):
                settings = dict(n_iter=100, norm=norm, eps=radius, seed=seed, use_largereps=norm == "L1")
                if loss == "dlr-targeted":
                    attack = APGDAttack_targeted(network, **settings)
                else:
                    attack = APGDAttack(network, loss=loss, **settings)
                found = attack.perturb(images, labels)
                print(norm, loss, seed, int((network(found).argmax(1) == labels).sum()), flush=True)


main(*sys.argv[1:])
