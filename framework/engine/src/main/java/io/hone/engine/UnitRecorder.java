package io.hone.engine;

import io.hone.api.data.ImageShape;
import io.hone.api.metric.DistanceMeter;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.engine.UnitFunction.UnitResult;
import io.hone.engine.journal.UnitRecord;
import io.hone.engine.measure.StepFold;
import io.hone.engine.results.Gallery;
import io.hone.engine.results.SampleRow;
import io.hone.engine.results.SampleTable;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.UnitInput;
import io.hone.scenario.Scenario.Save;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Turns what a unit's steps made into its record: measures every sample at every step once. */
final class UnitRecorder {
  /** How many samples the gallery shows. */
  static final int GALLERY_SIZE = 8;

  private final ImageShape shape;
  private final List<String> classNames;
  private final DistanceMeter meter;
  private final Save save;
  private final Supplier<List<StepFold>> emptyFolds;

  /**
   * Creates a recorder.
   *
   * @param classNames in the order of the classes, or empty
   */
  UnitRecorder(
      ImageShape shape, List<String> classNames, Save save, Supplier<List<StepFold>> emptyFolds) {
    this.shape = shape;
    this.classNames = classNames;
    this.meter = new DistanceMeter(shape);
    this.save = save;
    this.emptyFolds = emptyFolds;
  }

  UnitRecord record(UnitResult unit) {
    UnitInput input = unit.input();
    List<StepFold> folds = emptyFolds.get();
    StringBuilder lines = new StringBuilder();
    List<UnitRecord.KeptSample> kept = new ArrayList<>();
    List<Gallery.Row> gallery = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      SampleImages images = new SampleImages(row, input.images().pixels().row(row));
      for (int step = 0; step < folds.size(); step++) {
        StepResult result = unit.steps().get(step);
        Outcome outcome = outcome(input, result, row, images);
        folds.get(step).add(result, row, outcome);
        lines.append(SampleTable.line(line(result, row, outcome).with(classNames)));
      }
      boolean successful = attackSucceeded(unit, row);
      if (save == Save.ALL || (save == Save.SUCCESSES && successful)) {
        kept.add(keep(unit, row, images));
      }
      if (successful && gallery.size() < GALLERY_SIZE) {
        gallery.add(show(unit, row, images));
      }
    }
    // Figures that collide are told after the first unit, not after hours.
    folds.forEach(StepFold::checkNames);
    for (int step = 0; step < folds.size(); step++) {
      folds.get(step).addSeconds(unit.steps().get(step).seconds);
    }
    return new UnitRecord(input.position(), input.size(), folds, lines.toString(), kept, gallery);
  }

  private static boolean attackSucceeded(UnitResult unit, int row) {
    return unit.steps().stream()
        .anyMatch(step -> step.kind() == StepKind.ATTACK && step.success[row]);
  }

  private Outcome outcome(UnitInput input, StepResult result, int row, SampleImages images) {
    StepResult received = result.received() == null ? result : result.received();
    StepResult root = result.root();
    boolean measured = result.kind() == StepKind.ATTACK || result.kind() == StepKind.IMPROVE;
    return new Outcome(
        result.kind(),
        input.images().sample(row),
        input.labels()[row],
        result.targets[row],
        shape,
        images.clean(),
        images.of(root),
        images.of(received),
        images.of(result),
        measured ? images.distances(result) : null,
        measured ? images.distances(received) : null,
        measured ? images.distances(root) : null,
        result.cleanPredictions[row],
        received.predictions[row],
        result.predictions[row],
        result.kind() == StepKind.CLEAN || result.attempted[row],
        received.success[row],
        result.success[row],
        result.success8bit[row]);
  }

  private static SampleRow line(StepResult result, int row, Outcome outcome) {
    SampleRow line =
        SampleRow.of(
            result.name(),
            outcome.sample(),
            outcome.label(),
            outcome.target(),
            outcome.receivedPrediction(),
            outcome.prediction(),
            outcome.attempted(),
            outcome.success(),
            outcome.success8bit(),
            result.reasons[row],
            result.forwardQueries[row],
            result.gradientQueries[row]);
    return outcome.distances() == null || !outcome.attempted()
        ? line
        : line.with(outcome.distances());
  }

  private static UnitRecord.KeptSample keep(UnitResult unit, int row, SampleImages images) {
    return new UnitRecord.KeptSample(
        unit.input().images().sample(row),
        unit.input().labels()[row],
        unit.steps().stream().map(images::of).toList(),
        unit.steps().stream().mapToInt(step -> step.predictions[row]).toArray());
  }

  private static Gallery.Row show(UnitResult unit, int row, SampleImages images) {
    Map<String, Gallery.Picture> pictures = new LinkedHashMap<>();
    int target = -1;
    for (StepResult step : unit.steps()) {
      boolean skipped =
          step.kind() != StepKind.CLEAN && step.kind() != StepKind.DEFEND && !step.attempted[row];
      if (!skipped) {
        pictures.put(
            step.name(),
            new Gallery.Picture(images.of(step), step.predictions[row], step.success[row]));
        target = Math.max(target, step.targets[row]);
      }
    }
    UnitInput input = unit.input();
    return new Gallery.Row(input.images().sample(row), input.labels()[row], target, pictures);
  }

  /** The images of one sample as arrays, and their distances, each made once. */
  private final class SampleImages {
    private final int row;
    private final float[] clean;
    private final Map<StepResult, float[]> images = new HashMap<>();
    private final Map<StepResult, Distances> distances = new HashMap<>();

    SampleImages(int row, float[] clean) {
      this.row = row;
      this.clean = clean;
    }

    float[] clean() {
      return clean;
    }

    float[] of(StepResult step) {
      return step.kind() == StepKind.CLEAN
          ? clean
          : images.computeIfAbsent(step, key -> key.images.row(row));
    }

    Distances distances(StepResult step) {
      return distances.computeIfAbsent(step, key -> meter.between(clean, of(key)));
    }
  }
}
