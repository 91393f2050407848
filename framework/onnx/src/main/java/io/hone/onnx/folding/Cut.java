package io.hone.onnx.folding;

/**
 * One axis of a Slice.
 *
 * @param start the first index taken
 * @param step from one to the next, not 0
 * @param length how many are taken
 */
public record Cut(long start, long step, long length) {
  /**
   * Reads a Slice's numbers, which may be negative or are far outside.
   *
   * @throws IllegalArgumentException if the step is 0
   */
  public static Cut of(long start, long end, long step, long size) {
    if (step == 0) {
      throw new IllegalArgumentException("a step of 0");
    }
    long from = counted(start, size);
    long to = counted(end, size);
    if (step > 0) {
      from = Math.min(from, size);
      to = Math.min(to, size);
      return new Cut(from, step, to > from ? (to - from - 1) / step + 1 : 0);
    }
    // Backwards an end before the first element is -1, which no index can say.
    from = Math.min(from, size - 1);
    long limit = end < -size ? -1 : Math.min(to, size - 1);
    return new Cut(from, step, from > limit ? (from - limit - 1) / -step + 1 : 0);
  }

  private static long counted(long index, long size) {
    return Math.max(0, index < 0 ? index + size : index);
  }
}
