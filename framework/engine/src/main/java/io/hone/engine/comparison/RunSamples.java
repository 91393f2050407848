package io.hone.engine.comparison;

import io.hone.engine.results.SampleOutcome;
import io.hone.engine.results.SampleTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run's table of samples tells of every step, in little memory. */
final class RunSamples {
  private final Map<Long, Integer> places = new LinkedHashMap<>();
  private final List<Integer> labels = new ArrayList<>();
  private final Map<String, StepOutcomes> steps = new LinkedHashMap<>();

  /** What became of the samples at one step, by their places. */
  record StepOutcomes(BitSet attempted, BitSet success, BitSet correct) {}

  private RunSamples() {}

  /**
   * Reads the table of a run.
   *
   * @throws io.hone.api.BadInputException if there is none, or it is not one
   */
  static RunSamples read(Path folder) {
    RunSamples samples = new RunSamples();
    SampleTable.read(folder, samples::add);
    return samples;
  }

  private void add(SampleOutcome outcome) {
    int place =
        places.computeIfAbsent(
            outcome.index(),
            index -> {
              labels.add(outcome.label());
              return labels.size() - 1;
            });
    StepOutcomes step =
        steps.computeIfAbsent(
            outcome.step(), name -> new StepOutcomes(new BitSet(), new BitSet(), new BitSet()));
    step.attempted().set(place, outcome.attempted());
    step.success().set(place, outcome.success());
    step.correct().set(place, outcome.predicted() == outcome.label());
  }

  /** Returns the indices of the samples in the whole data set, in order. */
  List<Long> indices() {
    return List.copyOf(places.keySet());
  }

  int size() {
    return labels.size();
  }

  /** Returns the place of a sample. */
  Optional<Integer> place(long index) {
    return Optional.ofNullable(places.get(index));
  }

  int label(int place) {
    return labels.get(place);
  }

  /** Returns what became of the samples at a step, if the run has it. */
  Optional<StepOutcomes> step(String name) {
    return Optional.ofNullable(steps.get(name));
  }
}
