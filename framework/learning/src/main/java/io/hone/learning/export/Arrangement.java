package io.hone.learning.export;

/**
 * Where a weight's numbers are in ONNX: number {@code i} there is number {@code sources[i]} of the
 * network's.
 *
 * @param shape in ONNX
 * @param sources a permutation
 */
record Arrangement(long[] shape, int[] sources) {
  /** Returns the network's numbers in the order of ONNX. */
  float[] toOnnx(String name, float[] numbers) {
    check(name, numbers);
    float[] arranged = new float[numbers.length];
    for (int i = 0; i < arranged.length; i++) {
      arranged[i] = numbers[sources[i]];
    }
    return arranged;
  }

  /** Returns ONNX's numbers in the order of the network. */
  float[] fromOnnx(String name, float[] arranged) {
    check(name, arranged);
    float[] numbers = new float[arranged.length];
    for (int i = 0; i < arranged.length; i++) {
      numbers[sources[i]] = arranged[i];
    }
    return numbers;
  }

  private void check(String name, float[] numbers) {
    if (numbers.length != sources.length) {
      throw new IllegalArgumentException(
          "weight "
              + name
              + " takes "
              + sources.length
              + " numbers, not "
              + numbers.length
              + "; give it weights of the same network");
    }
  }
}
