package io.hone.engine.journal;

/**
 * Consecutive samples of the opened data set.
 *
 * @param position of the first
 * @param count how many; at least 1
 */
public record SampleRange(long position, long count) {
  /** Returns the position behind the last sample. */
  long end() {
    return position + count;
  }

  /** Returns whether this range holds all of another range. */
  boolean covers(SampleRange other) {
    return position <= other.position && other.end() <= end();
  }

  /** Returns the range as a user reads it, such as {@code 32 to 47}. */
  @Override
  public String toString() {
    return position + " to " + (end() - 1);
  }
}
