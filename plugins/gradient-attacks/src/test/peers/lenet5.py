"""The shipped LeNet-5, rebuilt in torch from the weights of its ONNX file."""

import onnx
import torch
from onnx import numpy_helper


def lenet5(path, precision=torch.float32):
    weights = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()).to(precision)
        for tensor in onnx.load(path).graph.initializer
    }

    class Network(torch.nn.Module):
        def forward(self, x):
            for layer in ("conv1", "conv2"):
                x = torch.conv2d(x, weights[layer + ".kernel"], weights[layer + ".bias"])
                x = torch.nn.functional.avg_pool2d(torch.relu(x), 2)
            x = x.flatten(1)
            for layer in ("dense1", "dense2"):
                x = torch.relu(x @ weights[layer + ".matrix"] + weights[layer + ".bias"])
            return x @ weights["dense3.matrix"] + weights["dense3.bias"]

    return Network().eval()
