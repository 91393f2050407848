package io.hone.testkit;

import java.util.random.RandomGenerator;

/** SplitMix64 (Steele, Lea and Flood 2014) started from a key of numbers. */
final class SampleRandom implements RandomGenerator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  SampleRandom(long... key) {
    for (long part : key) {
      state = mix(state + GOLDEN) ^ part;
    }
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
