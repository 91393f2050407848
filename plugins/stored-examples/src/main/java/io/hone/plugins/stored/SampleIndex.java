package io.hone.plugins.stored;

import io.hone.api.BadInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Which row of the examples belongs to a sample. */
final class SampleIndex {
  private final LongFunction<OptionalLong> rows;

  private SampleIndex(LongFunction<OptionalLong> rows) {
    this.rows = rows;
  }

  /** Returns the index of examples that are in the order of the whole data set. */
  static SampleIndex wholeDataSet(long count) {
    return new SampleIndex(
        sample -> sample < count ? OptionalLong.of(sample) : OptionalLong.empty());
  }

  /** Reads the sample of each row from a file. */
  static SampleIndex read(Path file, ImageRows examples) {
    long[] samples = RowNumbers.read(file, examples);
    Map<Long, Long> rows = new HashMap<>();
    for (int row = 0; row < samples.length; row++) {
      Long other = rows.put(samples[row], (long) row);
      if (other != null) {
        throw new BadInputException(
            file
                + " gives sample "
                + samples[row]
                + " to the rows "
                + other
                + " and "
                + row
                + "; keep one example for each sample");
      }
    }
    return new SampleIndex(
        sample ->
            rows.containsKey(sample) ? OptionalLong.of(rows.get(sample)) : OptionalLong.empty());
  }

  /** Returns the row that belongs to a sample. */
  OptionalLong row(long sample) {
    return rows.apply(sample);
  }
}
