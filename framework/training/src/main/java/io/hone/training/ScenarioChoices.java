package io.hone.training;

import io.hone.api.Attack;
import io.hone.api.DatasetRequest;
import io.hone.api.UnknownShapeException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.StartingModel;
import io.hone.api.train.TrainingChoices;
import io.hone.engine.context.RunServices;
import io.hone.engine.model.ModelImages;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.KebabCase;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.TrainerChoice;
import io.hone.scenario.TrainingScenario;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a scenario says beside its trainer, as the trainer is told it and as a card keeps it. */
final class ScenarioChoices {
  private static final String CARD = "train.model.card";

  private final TrainingScenario scenario;
  private final RunServices services;

  ScenarioChoices(TrainingScenario scenario, RunServices services) {
    this.scenario = scenario;
    this.services = services;
  }

  /**
   * Reads the card of the model that the training starts from, and returns all choices.
   *
   * @throws io.hone.api.BadInputException if the card is wrong, or of no classifier
   */
  TrainingChoices choices() {
    TrainerChoice said = scenario.train();
    return new TrainingChoices(
        said.engine(),
        said.device(),
        said.shards(),
        said.model().map(this::start),
        said.attack().map(this::use));
  }

  private StartingModel start(TrainerChoice.Start start) {
    return new StartingModel(card(start.card()), start.weights(), start.only());
  }

  private ComponentUse use(BoundComponent<Attack<Record>> attack) {
    return ComponentUse.attack(attack.descriptor().id(), attack.effective());
  }

  private ModelCard card(ModelReference reference) {
    ScenarioPlaces places = scenario.places();
    if (places.placing(CARD, () -> leavesShapeOpen(reference))) {
      DatasetRequest request = places.placing(CARD, () -> request(reference));
      try (OpenedImages images =
          places.placing(
              "data.dataset",
              () -> OpenedImages.open(scenario.data().dataset(), request, services))) {
        services.models().workOn(images.dataset().shape());
      }
    }
    return places.placing(
        CARD, () -> services.models().classifierCard(reference, services.forTask("model")));
  }

  private boolean leavesShapeOpen(ModelReference reference) {
    try {
      return !services.models().completed(reference).shapeTold();
    } catch (UnknownShapeException open) {
      return true;
    }
  }

  /**
   * Returns what decides how the images are read. The model that steps work against comes first.
   */
  private DatasetRequest request(ModelReference start) {
    ModelReference decisive = scenario.data().model().map(Scenario.ModelChoice::card).orElse(start);
    return ModelImages.request(decisive, services.models());
  }

  /** Returns what a card keeps of choices; nothing of a scenario that says nothing. */
  static Map<String, Object> kept(TrainingChoices choices) {
    Map<String, Object> kept = new LinkedHashMap<>();
    choices.engine().ifPresent(engine -> kept.put("engine", engine));
    choices.device().ifPresent(device -> kept.put("device", device));
    choices.shards().ifPresent(shards -> kept.put("shards", shards));
    choices
        .model()
        .ifPresent(
            start -> {
              Map<String, Object> model = new LinkedHashMap<>();
              model.put("name", start.card().name());
              model.put("sha256", start.card().sha256());
              model.put("weights", KebabCase.wordOf(start.weights()));
              kept.put("model", model);
              if (!start.only().isEmpty()) {
                kept.put("only", start.only());
              }
            });
    choices
        .attack()
        .ifPresent(
            attack -> {
              Map<String, Object> use = new LinkedHashMap<>();
              use.put("use", attack.id());
              use.put("with", attack.parameters());
              kept.put("attack", use);
            });
    return kept;
  }
}
