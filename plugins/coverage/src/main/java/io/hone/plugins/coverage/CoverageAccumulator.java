package io.hone.plugins.coverage;

import io.hone.api.activation.NeuronLayer;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a step's images cover, and what they cover together with the clean images: the union tells
 * what a step adds.
 */
final class CoverageAccumulator implements Accumulator {
  private final List<NeuronLayer> layers;
  private final Neurons neurons;
  private final Map<String, Double> known;
  private final Supplier<CoveredStates> nothing;
  private final CoveredStates emitted;

  /** What the clean images cover, where the step's images are others. */
  private final CoveredStates clean;

  /** Whether anything but clean images was taken in: these are their own union. */
  private boolean beyondClean;

  /**
   * Starts with nothing covered.
   *
   * @param known figures that do not depend on the step's images
   * @param nothing makes the states that no input has covered yet
   */
  CoverageAccumulator(
      List<NeuronLayer> layers,
      Neurons neurons,
      Map<String, Double> known,
      Supplier<CoveredStates> nothing) {
    this.layers = layers;
    this.neurons = neurons;
    this.known = known;
    this.nothing = nothing;
    this.emitted = nothing.get();
    this.clean = nothing.get();
  }

  @Override
  public void add(Outcome outcome) {
    Outcome.Activations activations = outcome.activations().orElseThrow();
    emitted.add(LayerAnswers.of(neurons, layers, activations.emitted()::of));
    if (!outcome.kind().equals(StepKind.CLEAN)) {
      beyondClean = true;
      clean.add(LayerAnswers.of(neurons, layers, activations.clean()::of));
    }
  }

  @Override
  public void merge(Accumulator other) {
    CoverageAccumulator more = (CoverageAccumulator) other;
    emitted.merge(more.emitted);
    clean.merge(more.clean);
    beyondClean |= more.beyondClean;
  }

  @Override
  public Map<String, Double> value() {
    if (layers.isEmpty()) {
      return Map.of();
    }
    Map<String, Double> figures = new TreeMap<>(known);
    figures.putAll(emitted.value());
    if (beyondClean) {
      CoveredStates union = nothing.get();
      union.merge(emitted);
      union.merge(clean);
      union.value().forEach((name, value) -> figures.put("with_clean." + name, value));
    }
    return figures;
  }

  @Override
  public void write(DataOutput output) throws IOException {
    output.writeBoolean(beyondClean);
    emitted.write(output);
    clean.write(output);
  }

  @Override
  public void read(DataInput input) throws IOException {
    beyondClean |= input.readBoolean();
    emitted.read(input);
    clean.read(input);
  }
}
