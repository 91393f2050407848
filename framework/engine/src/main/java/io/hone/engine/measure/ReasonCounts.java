package io.hone.engine.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** How many samples carry which reason. */
final class ReasonCounts {
  private final Map<String, Long> counts = new TreeMap<>();

  void add(String reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  void merge(ReasonCounts other) {
    other.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
  }

  long of(String reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** Returns the counts by reason, sorted. */
  Map<String, Long> asMap() {
    return new TreeMap<>(counts);
  }

  void write(DataOutput output) throws IOException {
    output.writeInt(counts.size());
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      output.writeUTF(count.getKey());
      output.writeLong(count.getValue());
    }
  }

  void read(DataInput input) throws IOException {
    int size = input.readInt();
    for (int index = 0; index < size; index++) {
      counts.merge(input.readUTF(), input.readLong(), Long::sum);
    }
  }
}
