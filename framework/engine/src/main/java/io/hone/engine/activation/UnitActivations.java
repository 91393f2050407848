package io.hone.engine.activation;

import io.hone.api.activation.NeuronAnswers;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Outcome;
import io.hone.engine.step.StepResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the neurons of one model answer to the images of one unit. A few images are read at a time,
 * as they are asked for; never is the whole unit in memory.
 */
public final class UnitActivations {
  private final ObservedLayers layers;
  private final ImageBatch clean;
  private final int samplesAtOnce;
  private final Map<Tensor, Chunk> chunks = new HashMap<>();

  /**
   * Starts with nothing read.
   *
   * @param clean images of the unit
   * @param samplesAtOnce how many samples are read at once
   */
  UnitActivations(ObservedLayers layers, ImageBatch clean, int samplesAtOnce) {
    this.layers = layers;
    this.clean = clean;
    this.samplesAtOnce = samplesAtOnce;
  }

  /** Values of some consecutive images, one tensor for each layer. */
  private record Chunk(int from, List<Tensor> values) {
    boolean holds(int row) {
      return row >= from && row < from + values.get(0).rows();
    }
  }

  /** Returns the answers to a sample's clean image and to what a step emitted. */
  public Outcome.Activations of(StepResult step, int row) {
    NeuronAnswers ofClean = answers(clean.pixels(), row);
    return new Outcome.Activations(ofClean, step.isClean() ? ofClean : answers(step.images(), row));
  }

  private NeuronAnswers answers(Tensor images, int row) {
    Chunk chunk = chunks.get(images);
    if (chunk == null || !chunk.holds(row)) {
      int to = Math.min(clean.size(), row + samplesAtOnce);
      chunk = new Chunk(row, layers.read(clean.with(images).rows(row, to)));
      chunks.put(images, chunk);
    }
    return layers.answers(chunk.values(), row - chunk.from(), () -> "sample " + clean.sample(row));
  }
}
