package io.hone.engine.context;

import io.hone.api.run.NormalNumbers;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A random stream keyed by (seed, step id, sample): SplitMix64 (Steele, Lea, Flood 2014) started at
 * a hash of the key.
 *
 * <p>The JDK's own generators and their Gaussians may change between releases; a result must not.
 * So everything that draws more than bits is defined here too.
 */
public final class KeyedRandom implements RandomGenerator {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;
  private static final float FLOAT_UNIT = 0x1.0p-24f;

  private final NormalNumbers normal = new NormalNumbers(this);
  private long state;

  public KeyedRandom(long seed, String step, long sample) {
    long hash = mix(seed + GAMMA);
    for (byte unit : step.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ (unit & 0xFF)) + GAMMA;
    }
    this.state = mix(hash ^ mix(sample + GAMMA));
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /**
   * Returns a number below the bound without bias: draws that would favour small ones are repeated.
   */
  @Override
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, not " + bound);
    }
    while (true) {
      long bits = nextLong() >>> 33;
      long value = bits % bound;
      if (bits - value + (bound - 1) < 1L << 31) {
        return (int) value;
      }
    }
  }

  @Override
  public int nextInt(int origin, int bound) {
    return origin + nextInt(Math.subtractExact(bound, origin));
  }

  @Override
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  @Override
  public float nextFloat() {
    return (nextLong() >>> 40) * FLOAT_UNIT;
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * DOUBLE_UNIT;
  }

  /** Draws from the standard normal distribution as {@link NormalNumbers} does. */
  @Override
  public double nextGaussian() {
    return normal.next();
  }
}
