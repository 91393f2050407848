"""Writes the L2 distances that Foolbox 3.3.4's L2CarliniWagnerAttack reaches on LeNet-5.

Usage: carlini_wagner.py MODEL.onnx MNIST_FOLDER OUT.csv IMAGES STEPS,ITERATIONS,ABORT ...
One column per setting and one row per image of the MNIST test set; images that the model takes
for another digit are left out. Where Foolbox finds nothing it returns a black image and calls it
adversarial if the model takes it for another digit: its distance stands in the column too. Needs torch, onnx and foolbox; its seconds go to standard error.
"""
import gzip
import os
import struct
import sys
import time

import foolbox
import numpy as np
import onnx
import onnx.numpy_helper
import torch
import torch.nn.functional as F


def read(folder, name):
    path = os.path.join(folder, name)
    opener = open if os.path.exists(path) else gzip.open
    with opener(path if opener is open else path + ".gz", "rb") as file:
        data = file.read()
    axes = data[3]
    shape = struct.unpack(">" + "I" * axes, data[4 : 4 + 4 * axes])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape)


class LeNet5(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        weights = {t.name: torch.tensor(onnx.numpy_helper.to_array(t)) for t in graph.initializer}
        self.layers = []
        for node in graph.node:
            constants = [weights[name] for name in node.input if name in weights]
            transposed = any(a.name == "transB" and a.i == 1 for a in node.attribute)
            self.layers.append((node.op_type, constants, transposed))

    def forward(self, x):
        for kind, constants, transposed in self.layers:
            if kind == "Conv":
                x = F.conv2d(x, *constants)
            elif kind == "Relu":
                x = F.relu(x)
            elif kind == "AveragePool":
                x = F.avg_pool2d(x, 2)
            elif kind == "Identity":
                pass
            elif kind in ("Flatten", "Reshape"):
                x = x.flatten(1)
            elif kind == "MatMul":
                x = x @ constants[0]
            elif kind == "Add":
                x = x + constants[0]
            elif kind == "Gemm":
                w = constants[0] if transposed else constants[0].T
                x = F.linear(x, w, constants[1])
            else:
                raise ValueError(kind)
        return x


model_path, folder, out, count = sys.argv[1:4] + [int(sys.argv[4])]
torch.set_num_threads(int(os.environ.get("THREADS", "2")))
network = LeNet5(model_path).eval()
images = torch.tensor(read(folder, "t10k-images-idx3-ubyte")[:count] / np.float32(255))[:, None]
labels = torch.tensor(read(folder, "t10k-labels-idx1-ubyte")[:count].astype(np.int64))
right = network(images).argmax(1) == labels
numbers = torch.arange(count)[right]
images, labels = images[right], labels[right]
victim = foolbox.PyTorchModel(network, bounds=(0, 1))
columns = [("image", numbers.tolist())]
for setting in sys.argv[5:]:
    steps, iterations, abort = (int(part) for part in setting.split(","))
    attack = foolbox.attacks.L2CarliniWagnerAttack(
        binary_search_steps=steps, steps=iterations, abort_early=bool(abort)
    )
    start = time.time()
    _, found, success = attack(victim, images, labels, epsilons=None)
    seconds = time.time() - start
    distance = (found - images).flatten(1).double().norm(dim=1)
    distance[~success] = float("nan")
    print(setting, "median", np.nanmedian(distance.numpy()), "success", int(success.sum()),
          "seconds", round(seconds, 2), file=sys.stderr)
    name = f"{steps}x{iterations}" + ("" if abort else " without abort")
    columns.append((name, [f"{d:.6f}" for d in distance.tolist()]))
with open(out, "w") as file:
    file.write(",".join(name for name, _ in columns) + "\n")
    for row in zip(*(values for _, values in columns)):
        file.write(",".join(str(value) for value in row) + "\n")
