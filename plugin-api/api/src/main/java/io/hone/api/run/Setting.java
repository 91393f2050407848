package io.hone.api.run;

import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is known of a scenario before its first batch.
 *
 * @param shape of the images
 * @param classes of the model
 * @param samples that will be run
 * @param targeted whether the goal names a target class
 * @param target the class that is wanted of every sample; empty where samples have classes of their
 *     own, or none
 * @param layers of the model under test whose values a metric sees, in the order in which the
 *     network computes them; empty for other components
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record Setting(
    ImageShape shape,
    int classes,
    long samples,
    boolean targeted,
    OptionalInt target,
    List<NeuronLayer> layers) {
  /** Copies the list. */
  public Setting {
    layers = List.copyOf(layers);
  }

  /** Creates a setting without layers, and without a class that is wanted of every sample. */
  public Setting(ImageShape shape, int classes, long samples, boolean targeted) {
    this(shape, classes, samples, targeted, OptionalInt.empty(), List.of());
  }

  /** Returns the same setting with the class that is wanted of every sample. */
  public Setting wanting(OptionalInt wanted) {
    return new Setting(shape, classes, samples, targeted, wanted, layers);
  }

  /** Returns the same setting with the layers whose values a metric sees. */
  public Setting with(List<NeuronLayer> seen) {
    return new Setting(shape, classes, samples, targeted, target, seen);
  }
}
