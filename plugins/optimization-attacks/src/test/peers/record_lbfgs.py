"""Records the minima that SciPy's L-BFGS-B finds of the objective of the attack l-bfgs.

Usage: python3 record_lbfgs.py MODEL.onnx IMAGES.gz LABELS.gz OUT.csv

Needs torch, onnx and SciPy. The objective is |x' - x|^2 + c * cross-entropy to the class after the
label, computed in double on the shipped LeNet-5 rebuilt from the ONNX file's weights, from the clean
image, in [0, 1], with SciPy's defaults.
"""

import gzip
import sys

import numpy
import onnx
import torch
from onnx import numpy_helper
from scipy.optimize import minimize

IMAGES = 20
WEIGHTS = (0.5, 2.0, 10.0)


def lenet5(path):
    weights = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).astype("float64"))
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

    return logits


def main(model_file, images_file, labels_file, out):
    torch.set_num_threads(1)
    pixels = numpy.frombuffer(gzip.open(images_file).read(), numpy.uint8, offset=16)
    # As Hone reads them: grey values divided in float.
    images = (pixels.reshape(-1, 784)[:IMAGES].astype("float32") / 255).astype("float64")
    labels = numpy.frombuffer(gzip.open(labels_file).read(), numpy.uint8, offset=8)
    logits = lenet5(model_file)
    with open(out, "w") as file:
        file.write("image,weight,objective,evaluations,success\n")
        for image in range(IMAGES):
            clean = torch.from_numpy(images[image])
            target = torch.tensor([(int(labels[image]) + 1) % 10])
            for weight in WEIGHTS:

                def objective(x):
                    x = torch.from_numpy(x.copy()).requires_grad_()
                    scores = logits(x.reshape(1, 1, 28, 28))
                    loss = torch.nn.functional.cross_entropy(scores, target)
                    total = ((x - clean) ** 2).sum() + weight * loss
                    total.backward()
                    return total.item(), x.grad.numpy()

                found = minimize(
                    objective, images[image], jac=True, method="L-BFGS-B", bounds=[(0, 1)] * 784
                )
                scores = logits(torch.from_numpy(found.x).reshape(1, 1, 28, 28))
                success = int(scores.argmax()) == int(target)
                file.write(
                    "%d,%g,%.9f,%d,%s\n" % (image, weight, found.fun, found.nfev, str(success).lower())
                )


if __name__ == "__main__":
    main(*sys.argv[1:])
