"""Exports one image classifier of every family of torchvision to ONNX, and what PyTorch says of it.

    python3 export_models.py FOLDER [PATTERN]

writes FOLDER/NAME-OPSET-BATCH.onnx (BATCH is "dynamic" or "frozen" to one image) and beside it NAME.images.npy,
NAME.labels.npy, NAME.logits.npy and NAME.gradient.npy: two images, their classes, PyTorch's logits, and its gradient
of the cross-entropy summed over the images, in double precision. ExportedModelsTest compares Hone's with them.
The images are the two of CANDIDATES random ones whose gradient changes least where rounding noise is added to them, and
NAME.steadiness.npy tells by how much: a deep network has so many units that on most images one of them stands at its
kink, where single precision decides otherwise than double, PyTorch's as well (by up to 3 %).
Weights are random; the running statistics of batch normalisation are those of random images, so that activations
keep their scale. Needs PyTorch 1.13, torchvision 0.14 and onnx (Debian: python3-torch, python3-torchvision, python3-onnx).
"""

import re
import sys
import warnings
from pathlib import Path

import numpy
import torch
from torch import nn
from torchvision import models

CLASSES = 10
OPSETS = (9, 11, 13, 17)
CANDIDATES = 16
NOISE = 3e-7


def torchvision(name, size, **options):
    return lambda: (models.get_model(name, weights=None, num_classes=CLASSES, **options), size)


def vision_transformer():
    network = models.VisionTransformer(
        image_size=64, patch_size=16, num_layers=3, num_heads=4, hidden_dim=64, mlp_dim=128, num_classes=CLASSES)
    nn.init.normal_(network.heads.head.weight, std=0.5)
    return network, 64


def swin(version):
    transformer = models.swin_transformer
    block = transformer.SwinTransformerBlockV2 if version == 2 else transformer.SwinTransformerBlock
    merging = transformer.PatchMergingV2 if version == 2 else transformer.PatchMerging

    def build():
        network = models.SwinTransformer(
            patch_size=[4, 4], embed_dim=32, depths=[2, 2], num_heads=[2, 4], window_size=[4, 4],
            num_classes=CLASSES, block=block, downsample_layer=merging)
        if version == 2:
            for module in network.modules():
                # PyTorch 1.13 cannot export the zero_() of this bias at any opset.
                if isinstance(module, transformer.ShiftedWindowAttentionV2):
                    module.qkv.bias = None
        return network, 56

    return build


def max_vit():
    network = models.MaxVit(
        input_size=(64, 64), stem_channels=16, partition_size=4, block_channels=[16, 32], block_layers=[1, 1],
        head_dim=8, stochastic_depth_prob=0.0, num_classes=CLASSES)
    return network, 64


class Wrapped(nn.Module):
    """Takes the first of several outputs."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        out = self.network(x)
        return out if torch.is_tensor(out) else out[0]


FAMILIES = {
    "alexnet": torchvision("alexnet", 224),
    "vgg11": torchvision("vgg11_bn", 224),
    "resnet18": torchvision("resnet18", 64),
    "resnet50": torchvision("resnet50", 64),
    "resnext50": torchvision("resnext50_32x4d", 64),
    "wide_resnet50": torchvision("wide_resnet50_2", 32),
    "densenet121": torchvision("densenet121", 64),
    "inception_v3": torchvision("inception_v3", 96, aux_logits=False, transform_input=True, init_weights=False),
    "googlenet": torchvision("googlenet", 64, aux_logits=False, transform_input=True, init_weights=False),
    "mobilenet_v2": torchvision("mobilenet_v2", 64),
    "mobilenet_v3": torchvision("mobilenet_v3_small", 64),
    "mnasnet": torchvision("mnasnet0_5", 64),
    "efficientnet": torchvision("efficientnet_b0", 64),
    "efficientnet_v2": torchvision("efficientnet_v2_s", 64),
    "shufflenet_v2": torchvision("shufflenet_v2_x0_5", 64),
    "squeezenet": torchvision("squeezenet1_1", 64),
    "regnet_x": torchvision("regnet_x_400mf", 64),
    "regnet_y": torchvision("regnet_y_400mf", 64),
    "convnext": torchvision("convnext_tiny", 64),
    "vit": vision_transformer,
    "swin": swin(1),
    "swin_v2": swin(2),
    "maxvit": max_vit,
}


def calibrate(network, size):
    """Lets batch normalisation see images, as training would have done."""
    network.train()
    for module in network.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.momentum = None
        elif isinstance(module, nn.Dropout) or type(module).__name__ == "StochasticDepth":
            module.eval()
    with torch.no_grad():
        network(torch.rand(8, 3, size, size))
    network.eval()


def gradient_of(network, images, labels):
    wanted = images.clone().requires_grad_()
    logits = network(wanted)
    gradient, = torch.autograd.grad(nn.functional.cross_entropy(logits, labels, reduction="sum"), wanted)
    return logits.detach(), gradient


def steady_images(network, size, labels):
    """Returns the candidates whose gradient rounding moves least, one per label."""
    found = []
    for _ in range(CANDIDATES):
        image = torch.rand(1, 3, size, size)
        moves = []
        for label in labels:
            _, here = gradient_of(network, image.double(), label[None])
            _, there = gradient_of(network, image.double() + NOISE * torch.randn(image.shape).double(), label[None])
            moves.append(float((there - here).norm() / here.norm()))
        found.append((max(moves), image))
    found.sort(key=lambda pair: pair[0])
    best = found[: len(labels)]
    return torch.cat([image for _, image in best]), numpy.array([move for move, _ in best], dtype="float32")


def export(folder, name, build):
    torch.manual_seed(7)
    network, size = build()
    calibrate(network, size)
    network = Wrapped(network).eval()
    labels = torch.tensor([3, 7])
    double = network.double()
    images, steadiness = steady_images(double, size, labels)
    numpy.save(folder / f"{name}.steadiness.npy", steadiness[:, None])
    logits, gradient = gradient_of(double, images.double(), labels)
    numpy.save(folder / f"{name}.images.npy", images.numpy())
    numpy.save(folder / f"{name}.labels.npy", labels.numpy())
    numpy.save(folder / f"{name}.logits.npy", logits.numpy().astype("float32"))
    numpy.save(folder / f"{name}.gradient.npy", gradient.numpy().astype("float32"))
    single = network.float()
    for opset in OPSETS:
        for batch in ("dynamic", "frozen"):
            axes = {"image": {0: "batch"}, "logits": {0: "batch"}} if batch == "dynamic" else None
            sample = images if batch == "dynamic" else images[:1]
            target = folder / f"{name}-{opset}-{batch}.onnx"
            try:
                torch.onnx.export(
                    single, sample, str(target), opset_version=opset, input_names=["image"],
                    output_names=["logits"], dynamic_axes=axes)
                print(target.name)
            except Exception as problem:  # what an exporter cannot write is no test of the reader
                target.unlink(missing_ok=True)
                print(f"{target.name}: PyTorch does not export it: {str(problem).splitlines()[0][:100]}")


def main():
    warnings.filterwarnings("ignore")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    pattern = re.compile(sys.argv[2] if len(sys.argv) > 2 else "")
    for name, build in FAMILIES.items():
        if pattern.search(name):
            export(folder, name, build)


if __name__ == "__main__":
    main()
