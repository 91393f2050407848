package io.hone.engine.data;

import io.hone.api.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.engine.context.KeyedRandom;
import io.hone.scenario.Selection;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The selected images of another data set, in its order and with its sample indices. */
public final class SelectedDataset implements Dataset {
  private static final String STREAM = "select";

  private final Dataset all;
  private final long[] positions;

  private SelectedDataset(Dataset all, long[] positions) {
    this.all = all;
    this.positions = positions;
  }

  /**
   * Selects images; closing the result closes the data set.
   *
   * @throws BadInputException if the data set has no such images, or no labels to select by
   */
  public static Dataset of(Dataset all, Selection selection) {
    if (selection.equals(Selection.ALL)) {
      return all;
    }
    long from = selection.from().orElse(0L);
    long to = selection.to().orElse(all.size());
    if (from >= all.size() || to > all.size()) {
      throw new BadInputException(
          "select asks for the positions "
              + from
              + " to "
              + (to - 1)
              + ", but the data set has the positions 0 to "
              + (all.size() - 1)
              + "; choose `from` and `to` within them ('to' is not included)");
    }
    return new SelectedDataset(all, positions(all, selection, from, to));
  }

  private static long[] positions(Dataset all, Selection selection, long from, long to) {
    long most = selection.count().orElse(Long.MAX_VALUE);
    if (selection.perClass().isEmpty() && selection.seed().isEmpty()) {
      return LongStream.range(from, Math.min(to, from + Math.min(most, to - from))).toArray();
    }
    Map<Integer, Long> taken = new HashMap<>();
    long[] candidates = candidates(all, selection, from, to);
    long[] kept = new long[candidates.length];
    int count = 0;
    for (long position : candidates) {
      if (count == most) {
        break;
      }
      if (selection.perClass().isEmpty()
          || taken.merge(label(all, position), 1L, Long::sum) <= selection.perClass().get()) {
        kept[count++] = position;
      }
    }
    long[] positions = Arrays.copyOf(kept, count);
    Arrays.sort(positions);
    return positions;
  }

  /** Returns positions in the order in which they are taken: their own, or that of a lottery. */
  private static long[] candidates(Dataset all, Selection selection, long from, long to) {
    if (selection.seed().isEmpty()) {
      return LongStream.range(from, to).toArray();
    }
    record Ticket(long position, long number) {}
    return LongStream.range(from, to)
        .mapToObj(
            position ->
                new Ticket(
                    position,
                    new KeyedRandom(selection.seed().get(), STREAM, all.sample(position))
                        .nextLong()))
        .sorted(Comparator.comparingLong(Ticket::number).thenComparingLong(Ticket::position))
        .mapToLong(Ticket::position)
        .toArray();
  }

  private static int label(Dataset all, long position) {
    int label = all.label(position);
    if (label == NO_LABEL) {
      throw new BadInputException(
          "select: per-class needs labels, but sample "
              + all.sample(position)
              + " has none; use `count`, or name a data set that has labels");
    }
    return label;
  }

  /** Returns the data set that the images were selected from. */
  Dataset whole() {
    return all;
  }

  @Override
  public long size() {
    return positions.length;
  }

  @Override
  public ImageShape shape() {
    return all.shape();
  }

  @Override
  public List<String> classNames() {
    return all.classNames();
  }

  @Override
  public long sample(long position) {
    return all.sample(at(position));
  }

  @Override
  public int label(long position) {
    return all.label(at(position));
  }

  /** Reads neighbours in one go: most selections hold many. */
  @Override
  public void read(long position, Tensor into, int[] labels) {
    int rows = into.rows();
    int start = 0;
    while (start < rows) {
      int end = start + 1;
      while (end < rows && at(position + end) == at(position + end - 1) + 1) {
        end++;
      }
      int[] some = new int[end - start];
      all.read(at(position + start), into.rows(start, end), some);
      System.arraycopy(some, 0, labels, start, some.length);
      start = end;
    }
  }

  /** Checks neighbours in one go, as they are read. */
  @Override
  public void check(long position, long count) {
    long start = position;
    while (start < position + count) {
      long end = start + 1;
      while (end < position + count && at(end) == at(end - 1) + 1) {
        end++;
      }
      all.check(at(start), end - start);
      start = end;
    }
  }

  private long at(long position) {
    return positions[Math.toIntExact(position)];
  }

  /** The content is the same; which part of it is used belongs to the scenario. */
  @Override
  public String fingerprint() {
    return all.fingerprint();
  }

  @Override
  public void close() {
    all.close();
  }
}
