"""Writes a ResNet-18 as a stranger's ONNX file: built in PyTorch and written by PyTorch's exporter.

The topology is that of He et al. 2016 for ImageNet, with two changes for images of 32 x 32: the first
convolution keeps the size, and each layer has half of the filters. `--weights` takes the weights of
an ONNX file that an earlier call of this script wrote and a training changed. The exporter keeps the
batch normalizations; with `--folded` it folds each into the convolution in front of it, as it does by
default. Needs torch and onnx.
"""

import argparse

import onnx
import onnx.numpy_helper
import torch
from torch import nn


class Block(nn.Module):
    """Two convolutions of 3 x 3 beside a shortcut."""

    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != filters:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters)
            )

    def forward(self, image):
        values = torch.relu(self.bn1(self.conv1(image)))
        return torch.relu(self.bn2(self.conv2(values)) + self.shortcut(image))


class ResNet18(nn.Module):
    """Eight blocks in four stages; each stage but the first halves height and width."""

    def __init__(self, filters):
        super().__init__()
        self.conv1 = nn.Conv2d(3, filters, 7, 1, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        stages = []
        inputs = filters
        for stage in range(4):
            outputs = filters * 2**stage
            stages.append(Block(inputs, outputs, 1 if stage == 0 else 2))
            stages.append(Block(outputs, outputs, 1))
            inputs = outputs
        self.stages = nn.Sequential(*stages)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(inputs, 10)

    def forward(self, image):
        values = self.stages(self.maxpool(torch.relu(self.bn1(self.conv1(image)))))
        return self.fc(torch.flatten(self.avgpool(values), 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", required=True, help="the ONNX file to write")
    parser.add_argument("--weights", help="an ONNX file with weights for the same network")
    parser.add_argument("--folded", action="store_true", help="fold the batch normalizations")
    parser.add_argument("--filters", type=int, default=32, help="filters of the first stage")
    arguments = parser.parse_args()

    torch.manual_seed(7)
    network = ResNet18(arguments.filters).eval()
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):
            # The exporter keeps one tensor for all layers that hold equal numbers.
            for values in (layer.weight.data, layer.bias.data, layer.running_mean, layer.running_var):
                values.add_(torch.rand_like(values), alpha=0.01)
    if arguments.weights:
        state = network.state_dict()
        for tensor in onnx.load(arguments.weights).graph.initializer:
            if tensor.name in state:
                state[tensor.name] = torch.tensor(onnx.numpy_helper.to_array(tensor))
        network.load_state_dict(state)
    form = torch.onnx.TrainingMode.EVAL if arguments.folded else torch.onnx.TrainingMode.PRESERVE
    torch.onnx.export(
        network,
        torch.zeros(1, 3, 32, 32),
        arguments.out,
        training=form,
        do_constant_folding=arguments.folded,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}},
    )


if __name__ == "__main__":
    main()
