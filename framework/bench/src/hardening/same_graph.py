"""Tells whether two ONNX files differ in their initializers alone. Needs onnx.

Compares the protobufs byte by byte with the numbers of all initializers removed, and then the names,
types and shapes of the initializers. Ends with status 1 where anything else differs.
"""

import sys

import onnx
import onnx.numpy_helper


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} FILE FILE")
    first, second = (onnx.load(path) for path in sys.argv[1:])
    kinds = [
        [(tensor.name, tensor.data_type, tuple(tensor.dims)) for tensor in model.graph.initializer]
        for model in (first, second)
    ]
    if kinds[0] != kinds[1]:
        sys.exit("the initializers differ in name, type, shape or order")
    numbers = [
        [onnx.numpy_helper.to_array(tensor).tobytes() for tensor in model.graph.initializer]
        for model in (first, second)
    ]
    changed = sum(mine != theirs for mine, theirs in zip(*numbers))
    for model in (first, second):
        del model.graph.initializer[:]
    if first.SerializeToString(deterministic=True) != second.SerializeToString(deterministic=True):
        sys.exit("the files differ in more than their initializers")
    print(f"the same graph; {changed} of {len(kinds[0])} initializers have other numbers")


if __name__ == "__main__":
    main()
