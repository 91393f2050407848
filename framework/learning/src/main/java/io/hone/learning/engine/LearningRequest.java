package io.hone.learning.engine;

import io.hone.api.data.ImageShape;
import io.hone.onnx.training.update.UpdateRules;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an engine is asked to do.
 *
 * @param subject what learns
 * @param objective what is made small
 * @param rules how weights follow their gradients
 * @param device where steps are computed, in the words of the engine; empty for its usual device
 * @param shards parts that a batch is cut into, at least 1; empty for the engine's own choice
 * @param threads that may work side by side, at least 1; weights do not depend on it
 * @param batch examples of a step, at most
 * @param keep whether the network will be asked for in the engine's own format
 * @param sizes of the square images of a step, each batch of another size; empty where all images
 *     have the subject's size. Images outside of steps have the subject's size
 */
public record LearningRequest(
    Subject subject,
    Objective objective,
    UpdateRules rules,
    Optional<String> device,
    OptionalInt shards,
    int threads,
    int batch,
    boolean keep,
    Optional<SizeRange> sizes) {
  /**
   * Creates the request of a training on the usual device, whose images all have the subject's
   * size.
   */
  public LearningRequest(
      Subject subject,
      Objective objective,
      UpdateRules rules,
      OptionalInt shards,
      int threads,
      int batch,
      boolean keep) {
    this(
        subject,
        objective,
        rules,
        Optional.empty(),
        shards,
        threads,
        batch,
        keep,
        Optional.empty());
  }

  /** Returns the shape of the largest images that a step may have. */
  public ImageShape largest() {
    ImageShape own = subject.input();
    return sizes.map(range -> SizeRange.square(own.channels(), range.largest())).orElse(own);
  }

  /** Returns the request of a further network of the same training. */
  public LearningRequest of(Companion companion) {
    return new LearningRequest(
        companion.subject(),
        companion.objective(),
        companion.rules(),
        device,
        shards,
        threads,
        batch,
        false,
        Optional.empty());
  }
}
