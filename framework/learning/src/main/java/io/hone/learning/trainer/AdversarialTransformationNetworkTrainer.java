package io.hone.learning.trainer;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Trainer;
import io.hone.learning.loop.Lesson;
import io.hone.network.ImageToImageUse;
import org.pf4j.Extension;

/**
 * Trains a generator of adversarial examples: an autoencoder that turns an image into one that
 * looks alike and that a classifier takes for another class.
 *
 * <p>With {@code expected: one-hot} and {@code prediction: cross-entropy} equation 6 of Nguyen et
 * al. (Method for Improving Quality of Adversarial Examples) as they modify it; with {@code
 * expected: reranked} and {@code prediction: l2} as Baluja and Fischer have it; with {@code
 * distance: mse} the loss of AE4DNN, whose beta is {@code phi}. The classifier may be any that
 * gives gradients: it is asked for vector-Jacobian products, nothing else.
 *
 * <p>The card's {@code training.targets} tells which class each label is turned into.
 */
@Named(
    id = "adversarial-transformation-network",
    summary = "Trains a generator that turns images into adversarial examples at once.",
    references =
        "Baluja and Fischer 2017; Nguyen et al., Method for Improving Quality of Adversarial"
            + " Examples, equations 6 and 7; Nguyen et al., AE4DNN",
    example = "{architecture: transformation, phi: 0.5, epochs: 1, batch: 4}")
@Extension
public final class AdversarialTransformationNetworkTrainer
    extends GeneratorTrainer<AdversarialTransformationNetworkTrainer.Params>
    implements Trainer<AdversarialTransformationNetworkTrainer.Params> {
  /** What the classifier should return. */
  public enum Expected {
    /** The wanted class alone. */
    ONE_HOT,
    /** What it returns for the clean image, with the wanted class raised above all. */
    RERANKED
  }

  /** How a generator is trained. */
  public record Params(
      @Param(value = "Layers of the network.", def = "transformation") ImageToImageUse architecture,
      @Param(
              value =
                  "Weight of the prediction; the distance to the clean image has the rest. Small:"
                      + " closer images, fewer successes.",
              def = "0.5",
              min = 0,
              max = 1)
          double phi,
      @Param(
              value =
                  "Distance to the clean image: l2, the norm (equation 6); mse, the mean squared"
                      + " difference (AE4DNN).",
              def = "l2")
          ImageDistance distance,
      @Param(
              value = "How predicted and expected probabilities are compared.",
              def = "cross-entropy")
          PredictionDistance prediction,
      @Param(
              value =
                  "What is expected: one-hot, the wanted class; reranked, the clean image's"
                      + " probabilities with that class raised (equation 7).",
              def = "one-hot")
          Expected expected,
      @Param(
              value =
                  "With expected: reranked, how many times the largest probability the wanted class"
                      + " gets.",
              def = "1.5",
              min = 1)
          double alpha,
      @Param(inline = true) TrainingParameters training)
      implements Parameters {}

  @Override
  Lesson lesson(Params parameters, AttackedClassifier attacked, ImageShape shape) {
    WantedOutput expectation =
        parameters.expected() == Expected.ONE_HOT
            ? new WantedOutput.OneHot()
            : new WantedOutput.Reranked(parameters.alpha());
    TransformationLoss loss =
        new TransformationLoss(
            1 - parameters.phi(),
            parameters.phi(),
            parameters.distance(),
            parameters.prediction(),
            expectation);
    return new TransformationLesson(loss, attacked, shape);
  }
}
