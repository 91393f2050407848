"""Records attackers' losses of logits and their gradients, by PyTorch's own differentiation.

Writes logit-losses.csv, read by LogitLossTest. Needs PyTorch; recorded with 1.13.1:

    python3 record_losses.py > ../resources/io/hone/api/model/logit-losses.csv

A line holds the loss, whether the class is wanted, the class, the logits, the loss's value and its gradient.
Equal logits are ordered by their index, so sorting has to be stable.
"""

import random

import torch


def margin(logits, chosen, targeted):
    others = [k for k in range(len(logits)) if k != chosen]
    rival = max(others, key=lambda k: (logits[k].item(), -k))
    gap = logits[rival] - logits[chosen]
    return gap if targeted else -gap


def dlr(logits, chosen, targeted):
    gap = margin(logits, chosen, targeted)
    if len(logits) == 2:
        return gap
    ordered = torch.sort(logits, descending=True, stable=True)[0]
    lower = ordered[2:4].mean() if targeted else ordered[2]
    return gap / (ordered[0] - lower + 1e-12)


def probability_margin(logits, chosen, targeted):
    return margin(torch.softmax(logits, 0), chosen, targeted)


def cross_entropy(logits, chosen, targeted):
    likelihood = torch.log_softmax(logits, 0)[chosen]
    return -likelihood if targeted else likelihood


def cases():
    draw = random.Random(14)
    for classes in (2, 3, 4, 5, 10):
        for _ in range(4):
            yield [round(draw.uniform(-6, 6), 3) for _ in range(classes)]
    # Ties at the top, at the third place, at the fourth, and everywhere.
    yield [2, 2, 1, 0, -1]
    yield [1, 2, 2, 2, 2]
    yield [3, 1, 2, 1, 1, 1]
    yield [0, 0, 0]
    yield [1, 1]
    yield [0.5, 0.5, 0.5, 0.5]


def main():
    for name, loss in (
        ("cross-entropy", cross_entropy),
        ("margin", margin),
        ("dlr", dlr),
        ("probability-margin", probability_margin),
    ):
        for row in cases():
            for targeted in (True, False):
                for chosen in sorted({0, 1, len(row) - 1}):
                    logits = torch.tensor(row, dtype=torch.float32).double().requires_grad_()
                    value = loss(logits, chosen, targeted)
                    gradient = torch.autograd.grad(value, logits)[0]
                    print(
                        name,
                        "true" if targeted else "false",
                        chosen,
                        " ".join(str(z) for z in row),
                        repr(value.item()),
                        " ".join(repr(g) for g in gradient.tolist()),
                        sep=",",
                    )


main()
