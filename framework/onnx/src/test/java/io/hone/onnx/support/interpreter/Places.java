package io.hone.onnx.support.interpreter;

/** Walks over all places of a shape, in the order in which its elements are. */
final class Places {
  private Places() {}

  /** Returns, for each place of a shape, the offset at which strides find it. */
  static int[] offsets(int[] shape, int[] strides, int start) {
    int[] offsets = new int[DoubleTensor.count(shape)];
    int[] place = new int[shape.length];
    int offset = start;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = offset;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        offset += strides[axis];
        if (++place[axis] < shape[axis]) {
          break;
        }
        offset -= strides[axis] * place[axis];
        place[axis] = 0;
      }
    }
    return offsets;
  }

  /** Returns the shape to which both are broadcast. */
  static int[] broadcast(int[] left, int[] right) {
    int rank = Math.max(left.length, right.length);
    int[] wide = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int a = axis < rank - left.length ? 1 : left[axis - rank + left.length];
      int b = axis < rank - right.length ? 1 : right[axis - rank + right.length];
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException("sizes " + a + " and " + b + " do not fit");
      }
      wide[axis] = a == 1 ? b : a;
    }
    return wide;
  }
}
