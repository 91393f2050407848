package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.ImageShape;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingTarget;
import io.hone.api.train.TrainingTarget.GoalClass;
import io.hone.api.train.TrainingTarget.Redundancy;
import io.hone.api.train.TrainingTarget.TrueClass;
import io.hone.engine.ChainRunner;
import io.hone.engine.context.RunServices;
import io.hone.engine.results.FileNames;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.Validation;
import io.hone.scenario.card.ModelCards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens what a training needs and finds what cannot work, before the first example is made. */
final class TrainingPreparation {
  private static final String SHARE = "give a share of the training images such as {fraction: 0.1}";

  private final TrainingScenario scenario;
  private final TrainingTarget target;
  private final ComponentRegistry registry;
  private final RunServices services;

  TrainingPreparation(TrainingScenario scenario, ComponentRegistry registry, RunServices services) {
    this.scenario = scenario;
    this.target = scenario.trainer().instance().target(scenario.trainer().parameters());
    this.registry = registry;
    this.services = services;
  }

  /**
   * Prepares the training.
   *
   * @throws BadInputException naming what does not fit, and where it is in the scenario
   */
  PreparedTraining prepare() {
    checkOutput();
    checkKindOfExamples();
    services.models().prepareBackends();
    return scenario.data().model().isPresent() ? onChain() : onImages();
  }

  /** Refuses a place that no model can be written to. */
  void checkOutput() {
    FileNames.problem(scenario.out().resolve(ModelCards.FILE_NAME).toAbsolutePath())
        .ifPresent(
            problem -> {
              throw at("out", "cannot write a model there: " + problem, "name a shorter folder");
            });
    Path present = scenario.out();
    while (present != null && !Files.exists(present)) {
      present = present.getParent();
    }
    if (present == null || !Files.isDirectory(present) || !Files.isWritable(present)) {
      throw at("out", "cannot write a model to " + scenario.out(), "name a folder that you own");
    }
  }

  /** Refuses data, validation and test sets that are not of the kind that the trainer needs. */
  private void checkKindOfExamples() {
    boolean steps = !scenario.data().steps().isEmpty();
    if (target instanceof GoalClass && steps) {
      throw at(
          "data.steps", "a generator makes its adversarial examples itself", "remove the steps");
    }
    if (target instanceof GoalClass && scenario.data().model().isEmpty()) {
      throw at(
          "data", "a generator is trained against a classifier", "write model: {card: ...} here");
    }
    if (target instanceof Redundancy && !steps) {
      throw at(
          "data.steps",
          "a redundancy autoencoder learns from adversarial examples",
          "add a model, and steps with an attack on it");
    }
    boolean pairs = target instanceof GoalClass || target instanceof Redundancy;
    if (pairs && scenario.validation() instanceof Validation.Separate) {
      throw at(
          "validation",
          trainer() + " is validated on pairs made as those it learns from, not on a data set",
          SHARE);
    }
    if (scenario.test().isPresent() && !(target instanceof TrueClass)) {
      throw at(
          "test",
          "a test set measures a classifier's accuracy, but " + trainer() + " trains none",
          "remove it");
    }
  }

  private PreparedTraining onImages() {
    try (OpenedImages images =
        open("data.dataset", scenario.data().dataset(), DatasetRequest.open())) {
      int classes = target instanceof TrueClass ? placing("data.dataset", images::classes) : 0;
      DatasetRequest alike = alike(images.dataset().classNames(), images.dataset().shape());
      checkFit(images.dataset().shape(), classes, alike);
      return new PreparedTraining(Optional.empty(), Optional.empty(), alike);
    }
  }

  private PreparedTraining onChain() {
    ChainRunner chain = new ChainRunner(new TrainingChain(scenario, registry).of(target), services);
    try {
      Optional<AttackedClassifier> attacked = Optional.empty();
      if (target instanceof GoalClass) {
        attacked =
            Optional.of(
                placing(
                    "data.model",
                    () -> AttackedModel.open(scenario.data().model().orElseThrow(), services)));
        scenario
            .places()
            .checking(
                "data.goal", () -> new GoalPairs(scenario.data().goal(), chain.model().classes()));
      }
      DatasetRequest alike = alike(chain.classNames(), chain.shape());
      checkFit(chain.shape(), target instanceof TrueClass ? chain.model().classes() : 0, alike);
      return new PreparedTraining(attacked, Optional.of(chain), alike);
    } catch (RuntimeException | Error e) {
      chain.close();
      throw e;
    }
  }

  /**
   * Checks what must fit the training images.
   *
   * @param classes that a classifier learns to tell apart; 0 for other networks
   * @param alike asks for images and labels like those that are learnt from
   */
  private void checkFit(ImageShape shape, int classes, DatasetRequest alike) {
    if (scenario.validation() instanceof Validation.Separate separate) {
      check("validation", separate.dataset(), shape, alike);
    }
    scenario.test().ifPresent(test -> check("test", test, shape, alike));
    Trainer<Record> trainer = scenario.trainer().instance();
    scenario
        .places()
        .checking("train", () -> trainer.prepare(scenario.trainer().parameters(), shape, classes));
  }

  private static DatasetRequest alike(List<String> classNames, ImageShape shape) {
    return new DatasetRequest(
        classNames,
        Optional.of(classNames.size()).filter(count -> count > 0),
        Optional.of(shape.channels()),
        Optional.of(shape.height()),
        Optional.of(shape.width()));
  }

  private void check(String path, DatasetChoice choice, ImageShape shape, DatasetRequest alike) {
    try (OpenedImages images = open(path, choice, alike)) {
      if (!images.dataset().shape().equals(shape)) {
        throw at(
            path,
            "these images are " + images.dataset().shape() + ", but the training images " + shape,
            "name a data set with images of one size");
      }
      if (target instanceof TrueClass) {
        placing(path, images::classes);
      }
    }
  }

  private OpenedImages open(String path, DatasetChoice choice, DatasetRequest request) {
    return placing(path, () -> OpenedImages.open(choice, request, services));
  }

  private String trainer() {
    return scenario.trainer().descriptor().id();
  }

  private BadInputException at(String path, String message, String help) {
    return scenario.places().error(path, message, help);
  }

  private <T> T placing(String path, Supplier<T> work) {
    return scenario.places().placing(path, work);
  }
}
