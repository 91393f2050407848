package io.hone.onnx.support;

import java.util.Random;

/** Integers that no model should hold, and some that many do: sizes, types, versions. */
public final class OddIntegers {
  private static final long[] ALL = {
    0,
    1,
    -1,
    2,
    -2,
    3,
    7,
    10,
    11,
    16,
    18,
    100,
    -100,
    255,
    1L << 16,
    Integer.MAX_VALUE,
    1L << 31,
    Integer.MIN_VALUE,
    1L << 40,
    -(1L << 40),
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private OddIntegers() {}

  /** Returns one of them. */
  public static long any(Random random) {
    return ALL[random.nextInt(ALL.length)];
  }
}
