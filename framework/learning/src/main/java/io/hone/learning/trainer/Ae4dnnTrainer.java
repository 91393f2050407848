package io.hone.learning.trainer;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Trainer;
import io.hone.learning.loop.Lesson;
import io.hone.network.ImageToImageUse;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Trains the generator of AE4DNN: an autoencoder {@code g} with the loss {@code (1 - beta) / d *
 * ||x - g(x)||^2 + beta * ce(M(g(x)), target)} for images of {@code d} features (formula 2 of
 * Nguyen et al., AE4DNN).
 *
 * <p>Formula 3 bounds beta: with {@code D} and {@code P} the means of both terms without their
 * weights, over the training images and with the first weights of {@code g}, it is {@code D / (D +
 * P)}. {@code beta: auto} takes the bound itself. The card tells beta and the bound as {@code
 * training.beta} and {@code training.beta_bound}.
 */
@Named(
    id = "ae4dnn",
    summary = "Trains the generator of AE4DNN, weighted by its formula 3.",
    references = "Nguyen et al., AE4DNN",
    example = "{beta: auto, epochs: 1, batch: 4}")
@Extension
public final class Ae4dnnTrainer extends GeneratorTrainer<Ae4dnnTrainer.Params>
    implements Trainer<Ae4dnnTrainer.Params> {
  /** How the prediction of the made image is compared with the wanted class. */
  public enum ClassTerm {
    /** As formula 2 is printed. */
    CROSS_ENTROPY,
    /** As the authors' code computes it: 16.118 times one less the wanted probability. */
    LINEAR;

    private PredictionDistance distance() {
      return this == LINEAR ? PredictionDistance.LINEAR : PredictionDistance.CROSS_ENTROPY;
    }
  }

  /** How a generator is trained; the defaults are the paper's. */
  public record Params(
      @Param(value = "Layers of the network.", def = "transformation") ImageToImageUse architecture,
      @Param(
              value =
                  "Weight of the class term; the distance to the clean image has the rest. Large:"
                      + " more successes, farther images. auto: the bound of formula 3, from the"
                      + " network with its first weights.",
              def = Param.AUTO,
              min = 0,
              max = 1)
          Optional<Double> beta,
      @Param(
              value =
                  "How prediction and wanted class are compared: cross-entropy, as the paper prints"
                      + " it; linear, as its authors' code computes it. The paper's betas belong to"
                      + " linear.",
              def = "cross-entropy")
          ClassTerm classTerm,
      @Param(
              inline = true,
              def =
                  "{epochs: 400, batch: 256, rate: 0.0001, schedule: constant, optimizer: adam,"
                      + " patience: 30}")
          TrainingParameters training)
      implements Parameters {}

  @Override
  Lesson lesson(Params parameters, AttackedClassifier attacked, ImageShape shape) {
    TransformationLoss unweighed =
        new TransformationLoss(
            1, 1, ImageDistance.MSE, parameters.classTerm().distance(), new WantedOutput.OneHot());
    return new TransformationLesson(unweighed, new Beta(parameters.beta()), attacked, shape);
  }
}
