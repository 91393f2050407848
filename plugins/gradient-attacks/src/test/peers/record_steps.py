"""Records what Foolbox's FGSM, BIM and PGD make of the first 100 MNIST test images.

Usage: python3 record_steps.py MODEL.onnx IMAGES.gz LABELS.gz OUT.csv

Needs torch, onnx and Foolbox 3.3.4. The shipped LeNet-5 is rebuilt in torch from the ONNX file's
weights and runs in double precision: in single precision softmax minus one loses all its digits
on the many images that the model is sure of, and Foolbox's gradient points elsewhere ("pgd-random" runs
in single precision, as users run it). Images that it classifies wrongly are left out. Nothing starts at random but "pgd-random".
A row tells the class of the example, how far it is from the clean image (L2) and the change's scalar
product with cos(0), cos(1), cos(2), ...: a fingerprint, equal only where the images are.
"""

import gzip
import sys

import foolbox
import numpy
import torch
from foolbox import attacks
from record_deepfool import IMAGES, lenet5

ATTACKS = {
    "fgsm": (attacks.LinfFastGradientAttack(), 0.1),
    "fgsm-l2": (attacks.L2FastGradientAttack(), 1.5),
    "bim": (attacks.LinfBasicIterativeAttack(rel_stepsize=0.2, steps=10), 0.1),
    "bim-l2": (attacks.L2BasicIterativeAttack(rel_stepsize=0.2, steps=10), 1.5),
    "pgd": (attacks.LinfPGD(rel_stepsize=0.05, steps=40, random_start=False), 0.1),
    "pgd-l2": (attacks.L2PGD(rel_stepsize=0.1, steps=40, random_start=False), 1.5),
    "pgd-random": (attacks.LinfPGD(rel_stepsize=0.1 / 3, steps=40, random_start=True), 0.1),
}


def main(model_file, images_file, labels_file, out):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28)[:IMAGES].astype("float32") / 255)
    labels = torch.from_numpy(
        numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8)[:IMAGES].astype("int64")
    )
    network = lenet5(model_file, torch.float32)
    right = (network(images).argmax(1) == labels).nonzero().flatten()
    waves = torch.cos(torch.arange(28 * 28, dtype=torch.float64))
    with open(out, "w") as file:
        file.write("attack,image,predicted,l2,fingerprint\n")
        for name, (attack, epsilon) in ATTACKS.items():
            precision = torch.float32 if name == "pgd-random" else torch.float64
            model = foolbox.PyTorchModel(lenet5(model_file, precision), bounds=(0, 1))
            found = attack(model, images[right].to(precision), labels[right], epsilons=epsilon)[0]
            change = (found.double() - images[right].double()).flatten(1)
            predicted = network(found.float()).argmax(1)
            for row, image in enumerate(right.tolist()):
                size, print_ = change[row].norm(), change[row] @ waves
                file.write("%s,%d,%d,%.6f,%.6f\n" % (name, image, predicted[row], size, print_))
            print(name, "robust", (predicted == labels[right]).sum().item(), "of", len(right))


if __name__ == "__main__":
    main(*sys.argv[1:])
