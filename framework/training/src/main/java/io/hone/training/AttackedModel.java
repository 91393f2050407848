package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.train.AttackedClassifier;
import io.hone.engine.context.RunServices;
import io.hone.scenario.Scenario;

/** Opens the classifier whose gradients a network learns from. */
final class AttackedModel {
  private AttackedModel() {}

  /**
   * Opens a classifier.
   *
   * @param trainer that needs its gradients
   * @throws BadInputException if it gives no gradients
   */
  static AttackedClassifier open(
      Scenario.ModelChoice choice, String trainer, RunServices services) {
    Classifier classifier =
        services
            .models()
            .openClassifier(choice.card(), choice.backend(), services.forTask("model"));
    if (classifier instanceof DifferentiableClassifier differentiable) {
      String sha256 = services.models().card(choice.card()).sha256();
      return new AttackedClassifier(differentiable, sha256);
    }
    throw new BadInputException(
        trainer
            + " learns from gradients, which this model does not give"
            + classifier.gradientObstacle().map(obstacle -> ": " + obstacle).orElse("")
            + "; name a model that does");
  }
}
