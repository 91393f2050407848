package io.hone.engine.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many samples of each class there are, and how many of them are in favour of something. */
final class ClassCounts {
  private final Map<Integer, Count> byClass = new TreeMap<>();

  /** Numbers of samples. */
  record Count(long samples, long inFavour) {
    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(samples + other.samples, inFavour + other.inFavour);
    }

    double rate() {
      return inFavour / (double) samples;
    }
  }

  void add(int label, boolean inFavour) {
    add(label, new Count(1, inFavour ? 1 : 0));
  }

  private void add(int label, Count count) {
    byClass.merge(label, count, Count::plus);
  }

  void merge(ClassCounts other) {
    other.byClass.forEach(this::add);
  }

  /** Returns the classes with at least one sample, in ascending order. */
  Set<Integer> classes() {
    return byClass.keySet();
  }

  Count of(int label) {
    return byClass.getOrDefault(label, Count.NONE);
  }

  Count total() {
    return byClass.values().stream().reduce(Count.NONE, Count::plus);
  }

  void write(DataOutput output) throws IOException {
    output.writeInt(byClass.size());
    for (Map.Entry<Integer, Count> count : byClass.entrySet()) {
      output.writeInt(count.getKey());
      output.writeLong(count.getValue().samples());
      output.writeLong(count.getValue().inFavour());
    }
  }

  void read(DataInput input) throws IOException {
    int size = input.readInt();
    for (int index = 0; index < size; index++) {
      add(input.readInt(), new Count(input.readLong(), input.readLong()));
    }
  }
}
