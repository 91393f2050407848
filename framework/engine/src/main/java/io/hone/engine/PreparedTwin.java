package io.hone.engine;

import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.engine.check.CheckedModel.Twin;
import io.hone.engine.context.RunServices;
import io.hone.engine.model.ClassNames;
import io.hone.scenario.Scenario;
import io.hone.scenario.Scenario.ModelChoice;
import java.util.List;
import java.util.Optional;

/** The model without a defense that the self-checks compare with, opened and found to fit. */
record PreparedTwin(ModelCard card, Classifier classifier) {
  private static final String PLACE = "check.twin";

  /**
   * Opens the twin that a scenario names.
   *
   * @throws io.hone.api.BadInputException if it does not fit the models under test
   */
  static Optional<PreparedTwin> open(
      Scenario scenario, List<PreparedModel> models, Tensor firstImages, RunServices services) {
    return scenario
        .check()
        .twin()
        .map(
            choice ->
                scenario
                    .places()
                    .placing(PLACE, () -> open(scenario, choice, models, firstImages, services)));
  }

  private static PreparedTwin open(
      Scenario scenario,
      ModelChoice choice,
      List<PreparedModel> models,
      Tensor firstImages,
      RunServices services) {
    ModelCard card = services.models().card(choice.card());
    Classifier classifier =
        services
            .models()
            .openClassifier(choice.card(), choice.backend(), firstImages, services.forTask("twin"));
    if (!classifier.accepts(firstImages.imageShape())) {
      throw scenario
          .places()
          .error(
              PLACE,
              "the images are %s, but the twin %s takes %s"
                  .formatted(firstImages.imageShape(), card.name(), card.input().sizes()),
              "name a model that takes these images");
    }
    if (models.stream().anyMatch(model -> model.card().sha256().equals(card.sha256()))) {
      throw scenario
          .places()
          .error(
              PLACE,
              "the twin " + card.name() + " is the very file under test",
              "name a model without its defense, or remove the key");
    }
    checkClasses(scenario, card, classifier, models.get(0));
    return new PreparedTwin(card, classifier);
  }

  /** A class must mean the same to both models, or no example could be tried on the other. */
  private static void checkClasses(
      Scenario scenario, ModelCard card, Classifier classifier, PreparedModel tested) {
    int classes = tested.classifier().classes();
    if (classifier.classes() != classes) {
      throw scenario
          .places()
          .error(
              PLACE,
              "the twin %s has %d classes, but the model under test has %d"
                  .formatted(card.name(), classifier.classes(), classes),
              "name a model of the same classes");
    }
    ClassNames.difference(card, tested.card())
        .ifPresent(
            difference -> {
              throw scenario
                  .places()
                  .error(PLACE, difference, "name a model of the same classes in the same order");
            });
  }

  /** Returns what the checks know of it. */
  Twin forChecks() {
    return new Twin(card.name(), classifier);
  }
}
