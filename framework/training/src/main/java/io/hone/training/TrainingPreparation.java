package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Ingredient;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.engine.ChainRunner;
import io.hone.engine.context.RunServices;
import io.hone.engine.model.ModelImages;
import io.hone.engine.results.FileNames;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Goal;
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
  private static final String DATASET = "data.dataset";

  private static final String SHARE = "give a share of the training images such as {fraction: 0.1}";

  private final TrainingScenario scenario;
  private final TrainingChoices choices;
  private final TrainingRecipe recipe;
  private final RecipeComponents components;
  private final RunServices services;

  /** The classes of the model that the training starts from. */
  private final Optional<KnownClasses> known;

  /**
   * Asks the trainer for its recipe.
   *
   * @throws BadInputException if the model that the training starts from cannot be used, or the
   *     trainer refuses what the scenario says
   */
  TrainingPreparation(TrainingScenario scenario, ComponentRegistry registry, RunServices services) {
    this.scenario = scenario;
    this.services = services;
    this.choices = new ScenarioChoices(scenario, services).choices();
    this.recipe =
        TrainerPlaces.placing(
            scenario.places(), () -> TrainingRecipe.of(scenario.trainer(), choices));
    this.components =
        new RecipeComponents(recipe, registry, scenario.places(), scenario.train().attack());
    this.known = choices.model().map(start -> new KnownClasses(start.card()));
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

  /** Refuses data, validation and test sets that are not of the kind that the recipe needs. */
  private void checkKindOfExamples() {
    boolean steps = !scenario.data().steps().isEmpty();
    if (steps && !recipe.takesSteps()) {
      throw at("data.steps", recipe.id() + " makes its pairs without steps", "remove the steps");
    }
    if (!steps && recipe.needs().contains(Ingredient.STEPS)) {
      throw at(
          "data.steps",
          recipe.id() + " learns from what steps make of the images",
          "add a model, and steps with an attack on it");
    }
    if (recipe.needsModel() && scenario.data().model().isEmpty()) {
      throw at(
          "data",
          recipe.id() + " makes its pairs with the help of a classifier",
          "write model: {card: ...} here");
    }
    if (recipe.needsModel() && scenario.validation() instanceof Validation.Separate) {
      throw at(
          "validation",
          recipe.id() + " is validated on pairs made as those it learns from, not on a data set",
          SHARE);
    }
    if (scenario.test().isPresent() && !recipe.classifies()) {
      throw at(
          "test",
          "a test set measures a classifier's accuracy, but " + recipe.id() + " trains none",
          "remove it");
    }
  }

  private PreparedTraining onImages() {
    DatasetRequest wanted = wanted();
    try (OpenedImages images = open(DATASET, scenario.data().dataset(), wanted)) {
      ImageShape shape = images.dataset().shape();
      checkStart(shape);
      int classes = needsLabels() ? placing(DATASET, () -> images.classes(known)) : 0;
      DatasetRequest alike = alike(images.dataset().classNames(), shape);
      int learned = learned(classes);
      checkFit(shape, learned, alike);
      return new PreparedTraining(
          recipe,
          choices,
          Optional.empty(),
          attacks(shape, recipe.classifies() ? learned : classes),
          Optional.empty(),
          wanted,
          alike);
    }
  }

  /** Asks for images as the model takes them that the training starts from. */
  private DatasetRequest wanted() {
    return scenario
        .train()
        .model()
        .map(start -> ModelImages.request(start.card(), services.models()))
        .orElseGet(DatasetRequest::open);
  }

  /** Refuses images that the model does not take that the training starts from. */
  private void checkStart(ImageShape shape) {
    if (known.isPresent() && !ModelImages.admits(known.get().model(), shape)) {
      String dataset = scenario.data().dataset().provider().descriptor().id();
      throw scenario
          .places()
          .error(DATASET, ModelImages.mismatch(dataset, shape, known.get().model()));
    }
  }

  /**
   * Returns how many classes the network is to tell apart; 0 if it is no classifier.
   *
   * @param told classes that the data tell
   */
  private int learned(int told) {
    return recipe.classifies() ? known.map(KnownClasses::count).orElse(told) : 0;
  }

  private boolean needsLabels() {
    return recipe.classifies() || recipe.needs().contains(Ingredient.LABELS);
  }

  private PreparedTraining onChain() {
    ChainRunner chain =
        new ChainRunner(new TrainingChain(scenario, recipe, components).scenario(), services);
    try {
      int classes = chain.model().classes();
      Optional<AttackedClassifier> attacked = Optional.empty();
      if (recipe.needs().contains(Ingredient.GRADIENTS)) {
        attacked = Optional.of(placing("data.model", this::attackedModel));
      }
      if (recipe.needs().contains(Ingredient.GOAL)) {
        Goal goal = scenario.data().goal();
        scenario.places().checking("data.goal", () -> LabelGoal.check(goal, recipe.id(), classes));
      }
      checkStart(chain.shape());
      known.ifPresent(start -> checkLabels(chain, start));
      DatasetRequest alike = alike(chain.classNames(), chain.shape());
      int learned = learned(classes);
      checkFit(chain.shape(), learned, alike);
      return new PreparedTraining(
          recipe,
          choices,
          attacked,
          attacks(chain.shape(), recipe.classifies() ? learned : classes),
          Optional.of(chain),
          DatasetRequest.open(),
          alike);
    } catch (RuntimeException | Error e) {
      chain.close();
      throw e;
    }
  }

  /** Images without a label have the class that the model of the steps gives them. */
  private void checkLabels(ChainRunner chain, KnownClasses start) {
    if (!needsLabels()) {
      return;
    }
    Dataset images = chain.dataset();
    for (long position = 0; position < images.size(); position++) {
      long sample = images.sample(position);
      int label = images.label(position);
      scenario.places().checking(DATASET, () -> start.check(sample, label));
      if (label == Dataset.NO_LABEL && chain.model().classes() > start.count()) {
        throw at(
            DATASET,
            "sample %d has no label, and data.model would give it one of %d classes, but %s has %d"
                .formatted(sample, chain.model().classes(), start.model().name(), start.count()),
            "name a data set that has labels");
      }
    }
  }

  private AttackedClassifier attackedModel() {
    return AttackedModel.open(scenario.data().model().orElseThrow(), recipe.id(), services);
  }

  private BatchAttacks attacks(ImageShape shape, int classes) {
    return BatchAttacks.prepare(recipe, components, scenario.places(), services, shape, classes);
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
    TrainerPlaces.placing(
        scenario.places(),
        () -> {
          trainer.prepare(scenario.trainer().parameters(), choices, shape, classes);
          return trainer;
        });
  }

  private static DatasetRequest alike(List<String> classNames, ImageShape shape) {
    return DatasetRequest.named(classNames).ofShape(shape);
  }

  private void check(String path, DatasetChoice choice, ImageShape shape, DatasetRequest alike) {
    try (OpenedImages images = open(path, choice, alike)) {
      if (!images.dataset().shape().equals(shape)) {
        throw at(
            path,
            "these images are " + images.dataset().shape() + ", but the training images " + shape,
            "name a data set with images of one size");
      }
      if (needsLabels()) {
        placing(path, () -> images.classes(known));
      }
    }
  }

  private OpenedImages open(String path, DatasetChoice choice, DatasetRequest request) {
    return placing(path, () -> OpenedImages.open(choice, request, services));
  }

  private BadInputException at(String path, String message, String help) {
    return scenario.places().error(path, message, help);
  }

  private <T> T placing(String path, Supplier<T> work) {
    return scenario.places().placing(path, work);
  }
}
