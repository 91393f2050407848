package io.hone.engine.step;

import io.hone.engine.record.RecordInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many features of one adversarial example were restored after how many queries, along a whole
 * chain of improvers: the fewest that differed from the clean image in any image so far that kept
 * its class.
 */
public final class RestorationTrace {
  private final int features;
  private long queries;
  private long[] at;
  private int[] restored;
  private int points;

  /**
   * Starts a chain.
   *
   * @param features that the attack changed
   */
  public RestorationTrace(int features) {
    this.features = features;
    at = new long[8];
    restored = new int[8];
  }

  private RestorationTrace(RestorationTrace before) {
    features = before.features;
    queries = before.queries;
    at = before.at.clone();
    restored = before.restored.clone();
    points = before.points;
  }

  /** Returns the same trace, for the next improver of the chain to go on with. */
  public RestorationTrace continued() {
    return new RestorationTrace(this);
  }

  /** Counts a query. */
  public void asked() {
    queries++;
  }

  /**
   * Takes in that the image asked about last keeps the class.
   *
   * @param differing features in which it differs from the clean image
   */
  public void found(int differing) {
    int more = features - differing;
    if (more <= (points == 0 ? 0 : restored[points - 1])) {
      return;
    }
    if (points == at.length) {
      at = Arrays.copyOf(at, 2 * points);
      restored = Arrays.copyOf(restored, 2 * points);
    }
    at[points] = queries;
    restored[points] = more;
    points++;
  }

  /** Writes the trace, for an improver of a later process to go on with. */
  public void write(DataOutput output) throws IOException {
    output.writeInt(features);
    output.writeLong(queries);
    output.writeInt(points);
    for (int point = 0; point < points; point++) {
      output.writeLong(at[point]);
      output.writeInt(restored[point]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static RestorationTrace read(RecordInput input) throws IOException {
    RestorationTrace trace = new RestorationTrace(input.readInt());
    trace.queries = input.readLong();
    trace.points = input.readCount(Long.BYTES + Integer.BYTES);
    trace.at = new long[Math.max(trace.points, trace.at.length)];
    trace.restored = new int[trace.at.length];
    for (int point = 0; point < trace.points; point++) {
      trace.at[point] = input.readLong();
      trace.restored[point] = input.readInt();
    }
    return trace;
  }

  /** Returns the number of features that the attack changed. */
  public int features() {
    return features;
  }

  /** Returns how many queries the chain took so far. */
  public long queries() {
    return queries;
  }

  /** Returns the share of the attack's features that were restored after so many queries. */
  public double restoredAfter(long count) {
    int place = Arrays.binarySearch(at, 0, points, count);
    int last = place >= 0 ? place : -place - 2;
    return last < 0 ? 0 : (double) restored[last] / features;
  }
}
