package io.hone.plugins.datasets.images;

/**
 * The weights of a bilinear resize along one axis.
 *
 * <p>Where the image shrinks, the triangle widens with the scale, so that every source pixel counts
 * (antialiasing, as image libraries do and bare tensor libraries do not).
 */
final class LinearFilter {
  private final int[] first;
  private final float[][] weights;

  LinearFilter(int from, int to) {
    first = new int[to];
    weights = new float[to][];
    double scale = (double) from / to;
    double support = Math.max(1, scale);
    for (int index = 0; index < to; index++) {
      double center = (index + 0.5) * scale;
      int start = Math.max(0, (int) Math.floor(center - support + 0.5));
      int end = Math.min(from, (int) Math.floor(center + support + 0.5));
      first[index] = start;
      weights[index] = weights(start, end, center, support);
    }
  }

  private static float[] weights(int start, int end, double center, double support) {
    double[] triangle = new double[end - start];
    double sum = 0;
    for (int offset = 0; offset < triangle.length; offset++) {
      double distance = Math.abs(start + offset + 0.5 - center) / support;
      triangle[offset] = Math.max(0, 1 - distance);
      sum += triangle[offset];
    }
    float[] weights = new float[triangle.length];
    for (int offset = 0; offset < weights.length; offset++) {
      weights[offset] = (float) (triangle[offset] / sum);
    }
    return weights;
  }

  /**
   * Returns one resized value.
   *
   * @param start where the source's first value is in {@code values}
   * @param stride how far its values are apart
   */
  float apply(int index, float[] values, int start, int stride) {
    float sum = 0;
    int position = start + first[index] * stride;
    for (float weight : weights[index]) {
      sum += weight * values[position];
      position += stride;
    }
    return sum;
  }
}
