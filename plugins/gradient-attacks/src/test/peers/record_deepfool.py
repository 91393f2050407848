"""Records the distances of Foolbox's DeepFool on the first 100 MNIST test images.

Usage: python3 record_deepfool.py MODEL.onnx IMAGES.gz LABELS.gz OUT.csv

Needs torch, onnx and Foolbox 3.3.4. The shipped LeNet-5 is rebuilt in torch from the ONNX file's
weights. Images that it classifies wrongly are left out. Both attacks run with Foolbox's defaults: 50
steps, 10 candidates, overshoot 0.02.
"""

import gzip
import sys

import foolbox
import numpy
import torch
from lenet5 import lenet5

IMAGES = 100


def main(model_file, images_file, labels_file, out):
    torch.set_num_threads(1)
    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28)[:IMAGES].astype("float32") / 255)
    labels = torch.from_numpy(
        numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8)[:IMAGES].astype("int64")
    )
    network = lenet5(model_file)
    right = (network(images).argmax(1) == labels).nonzero().flatten()
    model = foolbox.PyTorchModel(network, bounds=(0, 1))
    distances = {}
    for name, attack in (
        ("l2", foolbox.attacks.L2DeepFoolAttack()),
        ("linf", foolbox.attacks.LinfDeepFoolAttack()),
    ):
        found, _, success = attack(model, images[right], labels[right], epsilons=None)
        change = (found - images[right]).flatten(1).double()
        sizes = change.norm(dim=1) if name == "l2" else change.abs().max(1).values
        distances[name] = torch.where(success, sizes, torch.full_like(sizes, float("nan")))
    with open(out, "w") as file:
        file.write("image,l2,linf\n")
        for row, image in enumerate(right.tolist()):
            file.write("%d,%.6f,%.6f\n" % (image, distances["l2"][row], distances["linf"][row]))
    for name, sizes in distances.items():
        print(name, "median", sizes.nanmedian().item(), "failed", sizes.isnan().sum().item())


if __name__ == "__main__":
    main(*sys.argv[1:])
