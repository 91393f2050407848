"""Takes the time of one of Foolbox's attacks on PyTorch, and prints its figures as a JSON object.

Usage: foolbox_attack.py --model MODEL.onnx --arrays FOLDER --threads N ATTACK [its settings]
       foolbox_attack.py --check      tells whether everything it imports is there

FOLDER holds clean.npy (N x 1 x 28 x 28, in [0, 1]) and labels.npy. The figures: the seconds of the
attack on all images at once, the images that the model takes for their label, how many of those are
adversarial afterwards, and the median L2 distance of these. All is done as Foolbox has it: where
its search finds nothing it returns a black image, which counts if the model takes it for a digit
that it is not. Needs torch, onnx and foolbox.
"""

import argparse
import json
import sys
import time

try:
    import foolbox
    import numpy
    import torch

    import onnx_network
except ImportError as missing:
    sys.exit(f"{sys.argv[0]}: {missing}")


def attack(settings, steps):
    """Returns an attack that makes so many steps, and its epsilon."""
    if settings.attack == "pgd":
        made = foolbox.attacks.LinfPGD(rel_stepsize=settings.step, steps=steps, random_start=True)
        return made, settings.epsilon
    made = foolbox.attacks.L2CarliniWagnerAttack(
        binary_search_steps=settings.search_steps, steps=steps, abort_early=settings.abort == "true"
    )
    return made, None


def read_settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--model")
    parser.add_argument("--arrays")
    parser.add_argument("--threads", type=int, default=2)
    attacks = parser.add_subparsers(dest="attack")
    pgd = attacks.add_parser("pgd")
    pgd.add_argument("--epsilon", type=float, required=True)
    pgd.add_argument("--step", type=float, required=True, help="as a share of epsilon")
    pgd.add_argument("--steps", type=int, required=True)
    # Foolbox knows nothing else.
    pgd.add_argument("--stop-at-success", choices=["false"], required=True)
    carlini_wagner = attacks.add_parser("cw-l2")
    carlini_wagner.add_argument("--search-steps", type=int, required=True)
    carlini_wagner.add_argument("--iterations", type=int, required=True, dest="steps")
    carlini_wagner.add_argument("--abort", choices=["false", "true"], required=True)
    return parser.parse_args()


def main():
    settings = read_settings()
    if settings.check:
        return
    torch.manual_seed(1)
    torch.set_num_threads(settings.threads)
    network = onnx_network.Network(settings.model).eval()
    images = torch.tensor(numpy.load(f"{settings.arrays}/clean.npy"))
    labels = torch.tensor(numpy.load(f"{settings.arrays}/labels.npy"))
    model = foolbox.PyTorchModel(network, bounds=(0, 1))
    correct = model(images).argmax(1) == labels

    warm_up, epsilon = attack(settings, 2)
    warm_up(model, images[:100], labels[:100], epsilons=epsilon)
    measured, epsilon = attack(settings, settings.steps)
    start = time.perf_counter()
    examples, _, adversarial = measured(model, images, labels, epsilons=epsilon)
    seconds = time.perf_counter() - start

    # Where it finds nothing, Foolbox returns a black image, which the model may well take for another class.
    found = adversarial & correct & (examples.flatten(1) != 0).any(dim=1)
    distances = (examples - images).flatten(1).norm(dim=1)[found]
    figures = {
        "seconds": seconds,
        "attacked": int(correct.sum()),
        "successes": int(found.sum()),
        "median_l2": float(numpy.median(distances)) if len(distances) else 0.0,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
