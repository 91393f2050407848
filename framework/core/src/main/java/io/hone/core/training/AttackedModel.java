package io.hone.core.training;

import io.hone.api.component.BadInputException;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.TrainingTarget;
import io.hone.api.train.TrainingTarget.GoalClass;
import io.hone.core.engine.RunServices;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.TrainingScenario;
import java.util.Optional;

/** Opens the classifier that a generator is trained against. */
final class AttackedModel {
  private AttackedModel() {}

  /**
   * Returns a scenario's classifier if its network is a generator.
   *
   * @throws BadInputException if the scenario names none, or one without gradients
   */
  static Optional<AttackedClassifier> of(
      TrainingScenario scenario, TrainingTarget target, RunServices services) {
    if (!(target instanceof GoalClass)) {
      return Optional.empty();
    }
    if (!scenario.data().steps().isEmpty()) {
      throw new BadInputException(
          "data.steps: a generator makes its adversarial examples itself; remove the steps");
    }
    Scenario.ModelChoice choice =
        scenario
            .data()
            .model()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "data.model: a generator is trained against a classifier; name its card"));
    Classifier classifier =
        services
            .models()
            .openClassifier(choice.card(), choice.backend(), services.forTask("model"));
    if (classifier instanceof DifferentiableClassifier differentiable) {
      String sha256 = services.models().card(choice.card()).sha256();
      return Optional.of(new AttackedClassifier(differentiable, sha256));
    }
    throw new BadInputException(
        "data.model: a generator learns from gradients, which this model does not give"
            + classifier.gradientObstacle().map(obstacle -> ": " + obstacle).orElse("")
            + "; name a model that does");
  }
}
