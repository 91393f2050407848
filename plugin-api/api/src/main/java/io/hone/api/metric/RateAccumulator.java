package io.hone.api.metric;

import io.hone.api.stability.Stability;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * An accumulator of rates: a subclass tells of each sample which rates it belongs to and whether it
 * counts in favour, and this class counts.
 *
 * <p>A rate is the number of samples in favour divided by the number of samples, within [0, 1]. A
 * rate over no sample is left out.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public abstract class RateAccumulator implements Accumulator {
  private final Map<String, Count> counts = new TreeMap<>();

  /** Creates an empty accumulator. */
  protected RateAccumulator() {}

  private record Count(long samples, long inFavour) {
    Count plus(Count other) {
      return new Count(samples + other.samples, inFavour + other.inFavour);
    }
  }

  @Override
  public abstract Map<String, Boolean> rates(Outcome outcome);

  @Override
  public final void add(Outcome outcome) {
    rates(outcome).forEach((rate, inFavour) -> add(rate, new Count(1, inFavour ? 1 : 0)));
  }

  private void add(String rate, Count count) {
    counts.merge(rate, count, Count::plus);
  }

  @Override
  public final void merge(Accumulator other) {
    ((RateAccumulator) other).counts.forEach(this::add);
  }

  @Override
  public final Map<String, Double> value() {
    Map<String, Double> values = new TreeMap<>();
    counts.forEach((rate, count) -> values.put(rate, count.inFavour() / (double) count.samples()));
    return values;
  }

  @Override
  public final void write(DataOutput output) throws IOException {
    output.writeInt(counts.size());
    for (Map.Entry<String, Count> count : counts.entrySet()) {
      output.writeUTF(count.getKey());
      output.writeLong(count.getValue().samples());
      output.writeLong(count.getValue().inFavour());
    }
  }

  @Override
  public final void read(DataInput input) throws IOException {
    int size = input.readInt();
    for (int index = 0; index < size; index++) {
      add(input.readUTF(), new Count(input.readLong(), input.readLong()));
    }
  }
}
