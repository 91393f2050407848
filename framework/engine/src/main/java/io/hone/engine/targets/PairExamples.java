package io.hone.engine.targets;

import io.hone.api.metric.Outcome;
import io.hone.engine.record.RecordInput;
import io.hone.engine.record.RecordOutput;
import io.hone.engine.results.ExampleMatrix;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first example of each pair of label and target. The smallest labels and the first targets of
 * the matrix are kept, ten of each, so that large images fit into memory.
 */
final class PairExamples {
  private static final int MOST = 10;

  private final List<Integer> targets;
  private final TreeMap<Integer, Pairs> labels = new TreeMap<>();

  /** The examples of one label. */
  private record Pairs(long sample, float[] clean, Map<Integer, ExampleMatrix.Example> byTarget) {}

  PairExamples(List<Integer> targets) {
    this.targets = targets.stream().limit(MOST).toList();
  }

  /**
   * Takes in a success, unless an earlier sample had one of the same pair.
   *
   * @param distance from the clean image
   */
  void add(Outcome outcome, double distance) {
    int target = outcome.sample().target();
    if (!targets.contains(target)) {
      return;
    }
    Outcome.Sample sample = outcome.sample();
    ExampleMatrix.Example example =
        new ExampleMatrix.Example(sample.index(), outcome.images().emitted(), distance);
    add(sample.label(), sample.index(), outcome.images().clean(), Map.of(target, example));
  }

  private void add(
      int label, long sample, float[] clean, Map<Integer, ExampleMatrix.Example> examples) {
    Pairs pairs =
        labels.computeIfAbsent(label, absent -> new Pairs(sample, clean, new TreeMap<>()));
    examples.forEach(pairs.byTarget()::putIfAbsent);
    if (labels.size() > MOST) {
      labels.pollLastEntry();
    }
  }

  /** Takes in the examples of samples that come later. */
  void merge(PairExamples next) {
    next.labels.forEach(
        (label, pairs) -> add(label, pairs.sample(), pairs.clean(), pairs.byTarget()));
  }

  void write(DataOutput output) throws IOException {
    output.writeInt(labels.size());
    for (Map.Entry<Integer, Pairs> label : labels.entrySet()) {
      Pairs pairs = label.getValue();
      output.writeInt(label.getKey());
      output.writeLong(pairs.sample());
      RecordOutput.writeFloats(output, pairs.clean());
      output.writeInt(pairs.byTarget().size());
      for (Map.Entry<Integer, ExampleMatrix.Example> target : pairs.byTarget().entrySet()) {
        output.writeInt(target.getKey());
        output.writeLong(target.getValue().sample());
        RecordOutput.writeFloats(output, target.getValue().pixels());
        output.writeDouble(target.getValue().distance());
      }
    }
  }

  void read(RecordInput input) throws IOException {
    int count = input.readCount(Long.BYTES);
    for (int index = 0; index < count; index++) {
      int label = input.readInt();
      long sample = input.readLong();
      float[] clean = input.readFloats();
      Map<Integer, ExampleMatrix.Example> examples = new TreeMap<>();
      int pairs = input.readCount(Long.BYTES);
      for (int pair = 0; pair < pairs; pair++) {
        int target = input.readInt();
        examples.put(
            target,
            new ExampleMatrix.Example(input.readLong(), input.readFloats(), input.readDouble()));
      }
      add(label, sample, clean, examples);
    }
  }

  /** Returns the examples as the report takes them. */
  ExampleMatrix matrix(String sweep, String distance) {
    List<ExampleMatrix.Row> rows = new ArrayList<>();
    labels.forEach(
        (label, pairs) ->
            rows.add(
                new ExampleMatrix.Row(
                    label, pairs.sample(), pairs.clean(), Map.copyOf(pairs.byTarget()))));
    return new ExampleMatrix(sweep, distance, targets, rows);
  }
}
