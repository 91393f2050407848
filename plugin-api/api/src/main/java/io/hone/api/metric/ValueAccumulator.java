package io.hone.api.metric;

import io.hone.api.stability.Stability;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An accumulator of figures that each sample gives on its own.
 *
 * <p>It keeps every value, and sorts before it sums: floating-point sums depend on their order, and
 * a figure must not depend on the order in which batches were merged.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class ValueAccumulator implements Accumulator {
  private final Map<String, Values> figures = new TreeMap<>();

  /** Creates an empty accumulator. */
  protected ValueAccumulator() {}

  /** Records one sample's value of a figure. */
  protected final void record(String figure, double value) {
    figures.computeIfAbsent(figure, key -> new Values()).add(value);
  }

  /** Returns the names of the figures recorded so far, sorted. */
  protected final Set<String> figureNames() {
    return Collections.unmodifiableSet(figures.keySet());
  }

  /** Returns how many values a figure has. */
  protected final int count(String figure) {
    Values values = figures.get(figure);
    return values == null ? 0 : values.count;
  }

  /** Returns the values of a figure in ascending order, NaN last. */
  protected final double[] sorted(String figure) {
    Values values = figures.get(figure);
    return values == null ? new double[0] : values.sorted();
  }

  /** Returns the sum of a figure's values. */
  protected final double sum(String figure) {
    double sum = 0;
    for (double value : sorted(figure)) {
      sum += value;
    }
    return sum;
  }

  /** Returns the mean of a figure's values; NaN without any. */
  protected final double mean(String figure) {
    return sum(figure) / count(figure);
  }

  /** Returns the median of a figure's values; NaN without any. */
  protected final double median(String figure) {
    double[] values = sorted(figure);
    if (values.length == 0) {
      return Double.NaN;
    }
    int middle = values.length / 2;
    return values.length % 2 == 1
        ? values[middle]
        : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
  }

  /** Returns the largest of a figure's values; NaN without any. */
  protected final double max(String figure) {
    double[] values = sorted(figure);
    return values.length == 0 ? Double.NaN : values[values.length - 1];
  }

  @Override
  public final void merge(Accumulator other) {
    ((ValueAccumulator) other)
        .figures.forEach(
            (figure, values) ->
                figures.computeIfAbsent(figure, key -> new Values()).addAll(values.sorted()));
  }

  @Override
  public final void write(DataOutput output) throws IOException {
    output.writeInt(figures.size());
    for (Map.Entry<String, Values> figure : figures.entrySet()) {
      output.writeUTF(figure.getKey());
      double[] values = figure.getValue().sorted();
      output.writeInt(values.length);
      for (double value : values) {
        output.writeDouble(value);
      }
    }
  }

  @Override
  public final void read(DataInput input) throws IOException {
    int count = input.readInt();
    for (int figure = 0; figure < count; figure++) {
      Values values = figures.computeIfAbsent(input.readUTF(), key -> new Values());
      int length = input.readInt();
      for (int index = 0; index < length; index++) {
        values.add(input.readDouble());
      }
    }
  }

  private static final class Values {
    private double[] values = new double[16];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = value;
    }

    void addAll(double[] more) {
      for (double value : more) {
        add(value);
      }
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
