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
 * Trains the generator of AAE: an autoencoder with the loss {@code phi * ||x - x'|| + ||M(x') -
 * r(M(x))||}, where {@code r} raises the wanted class of the clean image's probabilities above all
 * (formula 1 of Nguyen et al., AE4DNN; after Baluja and Fischer 2017).
 */
@Named(
    id = "aae",
    summary = "Trains the generator of AAE, which expects reranked probabilities.",
    references = "Baluja and Fischer 2017; Nguyen et al., AE4DNN, formula 1",
    example = "{phi: 0.005, epochs: 1, batch: 4}")
@Extension
public final class AdversarialAutoencoderTrainer
    extends GeneratorTrainer<AdversarialAutoencoderTrainer.Params>
    implements Trainer<AdversarialAutoencoderTrainer.Params> {
  /** How a generator is trained; the defaults are the paper's. */
  public record Params(
      @Param(value = "Layers of the network.", def = "transformation") ImageToImageUse architecture,
      @Param(
              value =
                  "Weight of the distance to the clean image, beside 1 for the probabilities."
                      + " Large: closer images, fewer successes.",
              def = "0.005",
              min = 0)
          double phi,
      @Param(
              value =
                  "How many times the largest probability of the clean image the wanted class gets.",
              def = "1.5",
              min = 1)
          double alpha,
      @Param(
              inline = true,
              def =
                  "{epochs: 400, batch: 256, rate: 0.0001, schedule: constant, optimizer: adam,"
                      + " patience: 30}")
          TrainingParameters training)
      implements Parameters {}

  @Override
  Lesson lesson(Params parameters, AttackedClassifier attacked, ImageShape shape) {
    TransformationLoss loss =
        new TransformationLoss(
            parameters.phi(),
            1,
            ImageDistance.L2,
            PredictionDistance.L2,
            new WantedOutput.Reranked(parameters.alpha()));
    return new TransformationLesson(loss, attacked, shape);
  }
}
