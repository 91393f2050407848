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
  private final CoveredStates emitted;
  private final CoveredStates union;

  /** Whether anything but clean images was taken in: these are their own union. */
  private boolean beyondClean;

  CoverageAccumulator(List<NeuronLayer> layers, Neurons neurons, Supplier<CoveredStates> nothing) {
    this.layers = layers;
    this.neurons = neurons;
    this.emitted = nothing.get();
    this.union = nothing.get();
  }

  @Override
  public void add(Outcome outcome) {
    Outcome.Activations activations = outcome.activations().orElseThrow();
    LayerAnswers answers = LayerAnswers.of(neurons, layers, activations::emitted);
    emitted.add(answers);
    if (!outcome.kind().equals(StepKind.CLEAN)) {
      beyondClean = true;
      union.add(answers);
      union.add(LayerAnswers.of(neurons, layers, activations::clean));
    }
  }

  @Override
  public void merge(Accumulator other) {
    CoverageAccumulator more = (CoverageAccumulator) other;
    emitted.merge(more.emitted);
    union.merge(more.union);
    beyondClean |= more.beyondClean;
  }

  @Override
  public Map<String, Double> value() {
    int count = layers.stream().mapToInt(neurons::count).sum();
    Map<String, Double> figures = new TreeMap<>();
    if (count == 0) {
      return figures;
    }
    figures.put("layers", (double) layers.size());
    figures.put("neurons", (double) count);
    figures.putAll(emitted.value());
    if (beyondClean) {
      union.value().forEach((name, value) -> figures.put("with_clean." + name, value));
    }
    return figures;
  }

  @Override
  public void write(DataOutput output) throws IOException {
    output.writeBoolean(beyondClean);
    emitted.write(output);
    union.write(output);
  }

  @Override
  public void read(DataInput input) throws IOException {
    beyondClean |= input.readBoolean();
    emitted.read(input);
    union.read(input);
  }
}
