package io.hone.engine.measure;

import io.hone.api.metric.Outcome;
import io.hone.api.run.Part;
import io.hone.engine.context.PartQueries;
import io.hone.engine.context.SampleNotes;
import io.hone.engine.results.StageSummary;
import io.hone.engine.step.SampleResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Folds what the parts of an attack found, whatever their order is. */
final class StageFold {
  private final Map<String, Tally> tallies = new TreeMap<>();

  /** What one part did so far. */
  private static final class Tally {
    private long attempted;
    private long broken;
    private long brokenOfCorrect;
    private long forward;
    private long gradient;

    void merge(Tally other) {
      attempted += other.attempted;
      broken += other.broken;
      brokenOfCorrect += other.brokenOfCorrect;
      forward += other.forward;
      gradient += other.gradient;
    }

    void write(DataOutput output) throws IOException {
      output.writeLong(attempted);
      output.writeLong(broken);
      output.writeLong(brokenOfCorrect);
      output.writeLong(forward);
      output.writeLong(gradient);
    }

    void read(DataInput input) throws IOException {
      attempted += input.readLong();
      broken += input.readLong();
      brokenOfCorrect += input.readLong();
      forward += input.readLong();
      gradient += input.readLong();
    }

    double mean(long queries) {
      return attempted == 0 ? 0 : (double) queries / attempted;
    }
  }

  private Tally tally(String part) {
    return tallies.computeIfAbsent(part, key -> new Tally());
  }

  void add(SampleResult sample, Outcome outcome) {
    SampleNotes notes = sample.notes();
    for (Map.Entry<String, PartQueries> part : notes.parts().entrySet()) {
      Tally tally = tally(part.getKey());
      tally.attempted++;
      tally.forward += part.getValue().forward();
      tally.gradient += part.getValue().gradient();
    }
    Optional<String> finder = sample.foundBy();
    if (finder.isPresent()) {
      Tally tally = tally(finder.get());
      tally.broken++;
      tally.brokenOfCorrect += outcome.cleanCorrect() ? 1 : 0;
    }
  }

  void merge(StageFold other) {
    other.tallies.forEach((part, tally) -> tally(part).merge(tally));
  }

  void write(DataOutput output) throws IOException {
    output.writeInt(tallies.size());
    for (Map.Entry<String, Tally> tally : tallies.entrySet()) {
      output.writeUTF(tally.getKey());
      tally.getValue().write(output);
    }
  }

  void read(DataInput input) throws IOException {
    int count = input.readInt();
    for (int index = 0; index < count; index++) {
      tally(input.readUTF()).read(input);
    }
  }

  /**
   * Returns what each part found, in order.
   *
   * @param cleanCorrect samples whose clean image the model classifies correctly
   * @param samples all samples of the step
   */
  List<StageSummary> summaries(List<Part> parts, long cleanCorrect, long samples) {
    List<StageSummary> stages = new ArrayList<>();
    long robust = cleanCorrect;
    for (Part part : parts) {
      Tally tally = tallies.getOrDefault(part.name(), new Tally());
      robust -= tally.brokenOfCorrect;
      stages.add(
          new StageSummary(
              part.name(),
              part.use(),
              part.parameters(),
              tally.attempted,
              tally.broken,
              samples == 0 ? Double.NaN : (double) robust / samples,
              samples == 0 ? null : WilsonInterval.of(samples, robust),
              new StageSummary.Queries(tally.mean(tally.forward), tally.mean(tally.gradient))));
    }
    return stages;
  }
}
