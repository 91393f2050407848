package io.hone.engine;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.metric.DistanceMeter;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.Verdict;
import io.hone.engine.UnitFunction.UnitResult;
import io.hone.engine.activation.ObservedLayers;
import io.hone.engine.activation.UnitActivations;
import io.hone.engine.journal.RunFolds;
import io.hone.engine.journal.UnitRecord;
import io.hone.engine.measure.StepFold;
import io.hone.engine.results.Gallery;
import io.hone.engine.results.SampleRow;
import io.hone.engine.results.SampleTable;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.UnitInput;
import io.hone.scenario.Scenario.Save;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns what a unit's steps made into its record: measures every sample at every step once. */
final class UnitRecorder {
  /** How many samples the gallery shows. */
  static final int GALLERY_SIZE = 8;

  private final ImageShape shape;
  private final List<String> classNames;
  private final DistanceMeter meter;
  private final Save save;
  private final Supplier<RunFolds> emptyFolds;
  private final List<Optional<ObservedLayers>> observed;

  /**
   * Creates a recorder.
   *
   * @param classNames in the order of the classes, or empty
   * @param observed the layers that metrics look at, for each result of a unit
   */
  UnitRecorder(
      ImageShape shape,
      List<String> classNames,
      Save save,
      Supplier<RunFolds> emptyFolds,
      List<Optional<ObservedLayers>> observed) {
    this.shape = shape;
    this.classNames = classNames;
    this.meter = new DistanceMeter(shape);
    this.save = save;
    this.emptyFolds = emptyFolds;
    this.observed = observed;
  }

  UnitRecord record(UnitResult unit) {
    UnitInput input = unit.input();
    RunFolds folds = emptyFolds.get();
    Map<ObservedLayers, UnitActivations> inside = activations(unit);
    StringBuilder lines = new StringBuilder();
    List<UnitRecord.KeptSample> kept = new ArrayList<>();
    List<Gallery.Row> gallery = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      SampleImages images = new SampleImages(row, input.images().pixels().row(row));
      List<SampleResult> samples = new ArrayList<>();
      List<Outcome> outcomes = new ArrayList<>();
      for (int step = 0; step < unit.results().size(); step++) {
        StepResult result = unit.results().get(step);
        Outcome outcome = outcome(unit.inputs().get(step), result, row, images);
        if (observed.get(step).isPresent()) {
          UnitActivations activations = inside.get(observed.get(step).get());
          outcome = outcome.with(Objects.requireNonNull(activations).of(result, row));
        }
        samples.add(result.sample(row));
        outcomes.add(outcome);
        lines.append(SampleTable.line(line(result, row, outcome).with(classNames)));
      }
      folds.add(samples, outcomes);
      boolean successful = attackSucceeded(unit, row);
      if (save == Save.ALL || (save == Save.SUCCESSES && successful)) {
        kept.add(keep(unit, row, images));
      }
      if (successful && gallery.size() < GALLERY_SIZE) {
        gallery.add(show(unit, row, images));
      }
    }
    // Figures that collide are told after the first unit, not after hours.
    folds.results().forEach(StepFold::checkNames);
    for (int step = 0; step < unit.results().size(); step++) {
      folds.results().get(step).addSeconds(unit.results().get(step).seconds());
    }
    return new UnitRecord(input.position(), input.size(), folds, lines.toString(), kept, gallery);
  }

  private Map<ObservedLayers, UnitActivations> activations(UnitResult unit) {
    Map<ObservedLayers, UnitActivations> activations = new HashMap<>();
    for (int step = 0; step < observed.size(); step++) {
      ImageBatch clean = unit.inputs().get(step).images();
      observed
          .get(step)
          .ifPresent(
              layers ->
                  activations.computeIfAbsent(layers, of -> of.reading(clean, observed.size())));
    }
    return activations;
  }

  private static boolean attackSucceeded(UnitResult unit, int row) {
    return unit.results().stream()
        .anyMatch(step -> step.kind().has(Trait.PERTURBS) && step.sample(row).success());
  }

  private Outcome outcome(UnitInput input, StepResult result, int row, SampleImages images) {
    StepResult received = result.source(row).orElse(result);
    StepResult root = result.root(row);
    Optional<Outcome.Perturbation> perturbation =
        result.kind().has(Trait.PERTURBS)
            ? Optional.of(
                new Outcome.Perturbation(
                    images.distances(root), images.distances(received), images.distances(result)))
            : Optional.empty();
    return new Outcome(
        result.kind(),
        new Outcome.Sample(
            input.images().sample(row), input.labels()[row], result.sample(row).target(), shape),
        new Outcome.Images(
            images.clean(), images.of(root), images.of(received), images.of(result), perturbation),
        verdict(received, row),
        verdict(result, row));
  }

  /** Every sample takes part in being what it is. */
  private static Verdict verdict(StepResult step, int row) {
    Verdict verdict = step.sample(row).verdict();
    return step.isClean()
        ? new Verdict(verdict.cleanPrediction(), verdict.prediction(), true, false, false, "")
        : verdict;
  }

  private static SampleRow line(StepResult result, int row, Outcome outcome) {
    SampleResult sample = result.sample(row);
    SampleRow line =
        SampleRow.of(
            result.name(),
            outcome,
            sample.forwardQueries(),
            sample.gradientQueries(),
            sample.foundBy().orElse(""));
    return outcome.verdict().attempted()
        ? outcome
            .images()
            .perturbation()
            .map(perturbation -> line.with(perturbation.emitted()))
            .orElse(line)
        : line;
  }

  private static UnitRecord.KeptSample keep(UnitResult unit, int row, SampleImages images) {
    return new UnitRecord.KeptSample(
        unit.input().images().sample(row),
        unit.input().labels()[row],
        unit.results().stream().map(images::of).toList(),
        unit.results().stream().mapToInt(step -> step.sample(row).prediction()).toArray());
  }

  private static Gallery.Row show(UnitResult unit, int row, SampleImages images) {
    Map<String, Gallery.Picture> pictures = new LinkedHashMap<>();
    int target = -1;
    for (StepResult step : unit.results()) {
      SampleResult sample = step.sample(row);
      boolean isShown = step.isClean() || step.kind().has(Trait.RECLASSIFIES) || sample.attempted();
      if (isShown) {
        pictures.put(
            step.name(),
            new Gallery.Picture(images.of(step), sample.prediction(), sample.success()));
        target = Math.max(target, sample.target());
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
      return step.isClean() ? clean : images.computeIfAbsent(step, key -> key.images().row(row));
    }

    Distances distances(StepResult step) {
      return distances.computeIfAbsent(step, key -> meter.between(clean, of(key)));
    }
  }
}
