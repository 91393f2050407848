"""Rebuilds the network of an ONNX file in PyTorch, for the scripts beside this one.

Knows the operators of the classifiers that Hone ships; another operator, or an attribute that would
change what it computes, ends with a message. Weights need no gradient, so that a backward pass
computes the gradient of the images alone, as attacks need it. Needs torch and onnx.
"""

import sys

import onnx
import onnx.numpy_helper
import torch
from torch.nn import functional


class Network(torch.nn.Module):
    """Computes the first output of an ONNX graph from its one input."""

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        weights = {tensor.name: tensor for tensor in graph.initializer}
        self.image = next(value.name for value in graph.input if value.name not in weights)
        self.answer = graph.output[0].name
        self.shape = tuple(
            dimension.dim_value
            for value in graph.input
            if value.name == self.image
            for dimension in value.type.tensor_type.shape.dim[1:]
        )
        self.weights = {
            name: torch.tensor(onnx.numpy_helper.to_array(tensor))
            for name, tensor in weights.items()
        }
        self.nodes = [(operator(node, self.weights), node.input, node.output[0]) for node in graph.node]

    def forward(self, image):
        values = {**self.weights, self.image: image}
        for compute, inputs, output in self.nodes:
            values[output] = compute(*(values[name] for name in inputs))
        return values[self.answer]


def operator(node, weights):
    """Returns a function from the node's inputs to its first output."""
    settings = {
        attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute
    }
    if node.op_type not in OPERATORS:
        sys.exit(f"{sys.argv[0]}: the operator {node.op_type} is not known to onnx_network.py")
    return OPERATORS[node.op_type](node, settings, weights)


def refuse(node, attribute):
    sys.exit(
        f"{sys.argv[0]}: onnx_network.py does not know {attribute} of {node.op_type} {node.name}"
    )


def window(node, settings, known):
    """Returns the strides and the padding of a convolution or a pooling, the same at both ends."""
    for name, value in settings.items():
        if name not in known and value not in ([1, 1], 1, 0, b"NOTSET"):
            refuse(node, name)
    pads = list(settings.get("pads", [0, 0, 0, 0]))
    if pads[:2] != pads[2:]:
        refuse(node, "pads that differ between two sides")
    return list(settings.get("strides", [1, 1])), pads[:2]


def convolution(node, settings, weights):
    strides, padding = window(node, settings, {"kernel_shape", "strides", "pads"})
    return lambda x, *constants: functional.conv2d(
        x, *constants, stride=strides, padding=padding
    )


def pooling(pool):
    def make(node, settings, weights):
        strides, padding = window(node, settings, {"kernel_shape", "strides", "pads"})
        if any(padding):
            refuse(node, "pads")
        return lambda x: pool(x, list(settings["kernel_shape"]), strides)

    return make


def dense(node, settings, weights):
    for name in ("alpha", "beta"):
        if settings.get(name, 1) != 1:
            refuse(node, name)
    if settings.get("transA", 0):
        refuse(node, "transA")
    matrix = weights[node.input[1]]
    matrix = matrix if settings.get("transB", 0) else matrix.T.contiguous()
    return lambda x, _, bias=None: functional.linear(x, matrix, bias)


def normalization(node, settings, weights):
    if settings.get("training_mode", 0):
        refuse(node, "training_mode")
    epsilon = settings.get("epsilon", 1e-5)
    return lambda x, scale, bias, mean, variance: functional.batch_norm(
        x, mean, variance, scale, bias, eps=epsilon
    )


def flatten(node, settings, weights):
    if settings.get("axis", 1) != 1:
        refuse(node, "axis")
    return lambda x: x.flatten(1)


def plain(function):
    return lambda node, settings, weights: function


OPERATORS = {
    "Add": plain(lambda a, b: a + b),
    "AveragePool": pooling(functional.avg_pool2d),
    "BatchNormalization": normalization,
    "Conv": convolution,
    "Div": plain(lambda a, b: a / b),
    "Flatten": flatten,
    "Gemm": dense,
    "Identity": plain(lambda x: x),
    "MatMul": plain(lambda a, b: a @ b),
    "MaxPool": pooling(functional.max_pool2d),
    "Mul": plain(lambda a, b: a * b),
    "Relu": plain(functional.relu),
    "Reshape": plain(lambda x, shape: x.reshape([x.shape[0], *shape.tolist()[1:]])),
    "Sub": plain(lambda a, b: a - b),
}
