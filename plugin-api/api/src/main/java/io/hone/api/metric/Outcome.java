package io.hone.api.metric;

import io.hone.api.activation.NeuronAnswers;
import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.Optional;

/**
 * What one step made of one sample, as the framework judged it.
 *
 * @param kind of the step
 * @param sample which sample it is, and what is wanted of it
 * @param images the sample's image on its way through the chain
 * @param received what was found of the image that the step received, at the step that it came from
 * @param verdict what was found of the image that the step emitted
 * @param activations what neurons answer to the sample's images; empty for a metric that chooses no
 *     {@link Metric#layers}
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Outcome(
    StepKind kind,
    Sample sample,
    Images images,
    Verdict received,
    Verdict verdict,
    Optional<Activations> activations) {
  /** Creates an outcome without activations. */
  public Outcome(StepKind kind, Sample sample, Images images, Verdict received, Verdict verdict) {
    this(kind, sample, images, received, verdict, Optional.empty());
  }

  /**
   * A sample.
   *
   * @param index in the whole data set
   * @param label true class
   * @param target class wanted, or -1
   * @param shape of the images
   */
  public record Sample(long index, int label, int target, ImageShape shape) {}

  /**
   * The image of a sample on its way through the chain: rows of features in [0, 1], not to be
   * written to.
   *
   * @param clean image
   * @param root what the attack at the root of the chain emitted; the clean image where there is
   *     none
   * @param received what the step received
   * @param emitted what the step emitted: for a defense the recovered image, or the received one
   * @param perturbation how far these are from the clean image; empty where the step's images are
   *     not adversarial examples of the model under test
   */
  public record Images(
      float[] clean,
      float[] root,
      float[] received,
      float[] emitted,
      Optional<Perturbation> perturbation) {}

  /**
   * Distances from the clean image.
   *
   * @param root of the image that the attack at the root of the chain emitted
   * @param received of the image that the step received
   * @param emitted of the image that the step emitted
   */
  public record Perturbation(Distances root, Distances received, Distances emitted) {}

  /**
   * What neurons of the model under test answer to a sample's images.
   *
   * @param clean to the clean image
   * @param emitted to the image that the step emitted
   */
  public record Activations(NeuronAnswers clean, NeuronAnswers emitted) {}

  /** Returns the same outcome with what neurons answer. */
  public Outcome with(Activations answers) {
    return new Outcome(kind, sample, images, received, verdict, Optional.of(answers));
  }

  /** Returns whether the step's own classifier gives the emitted image its label. */
  public boolean correct() {
    return verdict.prediction() == sample.label();
  }

  /** Returns whether the step's own classifier gives the clean image its label. */
  public boolean cleanCorrect() {
    return verdict.cleanPrediction() == sample.label();
  }

  /**
   * Returns how far the images are from the clean image.
   *
   * @throws java.util.NoSuchElementException if the kind of step has not {@link
   *     StepKind.Trait#PERTURBS}
   */
  public Perturbation perturbation() {
    return images.perturbation().orElseThrow();
  }
}
