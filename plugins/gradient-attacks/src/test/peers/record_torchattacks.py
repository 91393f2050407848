"""Records what torchattacks' MI-FGSM and JSMA make of MNIST test images.

Usage: python3 record_torchattacks.py MODEL.onnx IMAGES.gz LABELS.gz OUT.csv

Needs torch, onnx and torchattacks 3.5.1. MI-FGSM runs on the first 100 images, untargeted and in double
precision for the reason that record_steps.py gives; Foolbox's is no oracle for it, because it adds up signs
where the paper adds up gradients divided by their L1 norm. JSMA runs toward the class after the label,
which is what torchattacks calls untargeted, on the first 40 images, in which what is brighter than 0.99
is made 1: torchattacks leaves such features alone, the paper only those that are 1. Images that the model
classifies wrongly are left out. The columns are those of record_steps.py.
"""

import gzip
import sys

import numpy
import torch
import torchattacks
from record_deepfool import IMAGES, lenet5

SALIENCY_IMAGES = 40


def attacks(network):
    mi_fgsm = torchattacks.MIFGSM(network, eps=0.1, alpha=0.01, steps=10, decay=1.0)
    # 98 pairs: a share of the features without a remainder, because torchattacks rounds it up.
    jsma = torchattacks.JSMA(network, theta=1.0, gamma=0.25)
    for attack in (mi_fgsm, jsma):
        attack.set_device(torch.device("cpu"))
    return {"mi-fgsm": (mi_fgsm, IMAGES), "jsma": (jsma, SALIENCY_IMAGES)}


def main(model_file, images_file, labels_file, out):
    torch.set_num_threads(1)
    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28)[:IMAGES].astype("float32") / 255)
    labels = torch.from_numpy(
        numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8)[:IMAGES].astype("int64")
    )
    network = lenet5(model_file)
    right = (network(images).argmax(1) == labels).nonzero().flatten()
    waves = torch.cos(torch.arange(28 * 28, dtype=torch.float64))
    with open(out, "w") as file:
        file.write("attack,image,predicted,l2,fingerprint\n")
        for name, (attack, count) in attacks(lenet5(model_file, torch.float64)).items():
            taken = right[right < count]
            clean = images[taken].double()
            if name == "jsma":
                clean[clean >= 0.99] = 1
            found = attack(clean, labels[taken])
            change = (found - clean).flatten(1)
            predicted = network(found.float()).argmax(1)
            for row, image in enumerate(taken.tolist()):
                size, print_ = change[row].norm(), change[row] @ waves
                file.write("%s,%d,%d,%.6f,%.6f\n" % (name, image, predicted[row], size, print_))
            goal = (labels[taken] + 1) % 10 if name == "jsma" else None
            reached = predicted == goal if name == "jsma" else predicted != labels[taken]
            print(name, "reached", reached.sum().item(), "of", len(taken),
                  "changed", (change != 0).sum(1).double().median().item())


if __name__ == "__main__":
    main(*sys.argv[1:])
