package io.hone.engine.measure;

import io.hone.engine.measure.ClassCounts.Count;
import io.hone.engine.results.ClassSummary;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.StepStatistics;
import io.hone.host.figure.FigureTree;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts the samples of an entry's rates, class by class, in any order. */
final class RateCounts {
  /** How many samples of each class took part. */
  private final ClassCounts participants = new ClassCounts();

  private final Map<String, ClassCounts> rates = new TreeMap<>();

  void addSample(int label, boolean attempted) {
    participants.add(label, attempted);
  }

  void add(String rate, int label, boolean inFavour) {
    of(rate).add(label, inFavour);
  }

  private ClassCounts of(String rate) {
    return rates.computeIfAbsent(rate, key -> new ClassCounts());
  }

  void merge(RateCounts other) {
    participants.merge(other.participants);
    other.rates.forEach((rate, counts) -> of(rate).merge(counts));
  }

  /**
   * Returns the intervals of all rates, and every class with samples.
   *
   * @param classNames in the order of the classes, or empty
   */
  StepStatistics statistics(List<String> classNames) {
    List<ClassSummary> classes =
        participants.classes().stream().map(label -> summary(label, classNames)).toList();
    return StepStatistics.of(intervals(ClassCounts::total), classes);
  }

  private ClassSummary summary(int label, List<String> classNames) {
    Count participation = participants.of(label);
    Map<String, RateInterval> intervals = intervals(counts -> counts.of(label));
    FigureTree figures = new FigureTree();
    intervals.forEach((rate, interval) -> figures.put(rate, interval.rate()));
    return new ClassSummary(
        label,
        label >= 0 && label < classNames.size() ? classNames.get(label) : null,
        participation.samples(),
        participation.inFavour(),
        figures.toMap(),
        intervals);
  }

  private Map<String, RateInterval> intervals(Function<ClassCounts, Count> counting) {
    Map<String, RateInterval> intervals = new LinkedHashMap<>();
    rates.forEach(
        (rate, counts) -> {
          Count count = counting.apply(counts);
          if (count.samples() > 0) {
            intervals.put(rate, WilsonInterval.of(count.samples(), count.inFavour()));
          }
        });
    return intervals;
  }

  void write(DataOutput output) throws IOException {
    participants.write(output);
    output.writeInt(rates.size());
    for (Map.Entry<String, ClassCounts> rate : rates.entrySet()) {
      output.writeUTF(rate.getKey());
      rate.getValue().write(output);
    }
  }

  void read(DataInput input) throws IOException {
    participants.read(input);
    int size = input.readInt();
    for (int index = 0; index < size; index++) {
      of(input.readUTF()).read(input);
    }
  }
}
