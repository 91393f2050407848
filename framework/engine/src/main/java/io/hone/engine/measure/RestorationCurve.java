package io.hone.engine.measure;

import io.hone.engine.step.RestorationTrace;
import io.hone.host.figure.FrameworkFigures;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mean over samples of what was restored after 1, 2, 3, 4, 6, 8, 11, 16 ... queries.
 *
 * <p>Shares are summed as whole multiples of 2^-32, so that no order of merging changes the sum.
 */
final class RestorationCurve {
  private static final long[] QUERIES =
      FrameworkFigures.queries().stream().mapToLong(Long::longValue).toArray();

  private static final double UNIT = 1L << 32;

  private final long[] shares = new long[QUERIES.length];
  private long samples;
  private long longest;

  /** Takes in a sample; one whose attack changed nothing on the 8-bit grid is left out. */
  void add(RestorationTrace trace) {
    if (trace.features() == 0) {
      return;
    }
    samples++;
    longest = Math.max(longest, trace.queries());
    for (int point = 0; point < QUERIES.length; point++) {
      shares[point] += Math.round(trace.restoredAfter(QUERIES[point]) * UNIT);
    }
  }

  void merge(RestorationCurve other) {
    samples += other.samples;
    longest = Math.max(longest, other.longest);
    for (int point = 0; point < shares.length; point++) {
      shares[point] += other.shares[point];
    }
  }

  /** Returns the means by the number of queries, up to where every sample has ended. */
  Map<Long, Double> points() {
    Map<Long, Double> points = new LinkedHashMap<>();
    int place = Arrays.binarySearch(QUERIES, longest);
    int last = Math.min(place >= 0 ? place : -place - 1, QUERIES.length - 1);
    for (int point = 0; samples > 0 && point <= last; point++) {
      points.put(QUERIES[point], shares[point] / UNIT / samples);
    }
    return points;
  }

  void write(DataOutput output) throws IOException {
    output.writeLong(samples);
    output.writeLong(longest);
    for (long share : shares) {
      output.writeLong(share);
    }
  }

  void read(DataInput input) throws IOException {
    samples += input.readLong();
    longest = Math.max(longest, input.readLong());
    for (int point = 0; point < shares.length; point++) {
      shares[point] += input.readLong();
    }
  }
}
