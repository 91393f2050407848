package io.hone.engine;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.ModelBackend;
import io.hone.api.UnknownShapeException;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.RunServices.StepRun;
import io.hone.engine.data.LabelSurvey;
import io.hone.engine.data.SelectedDataset;
import io.hone.engine.data.VerifiedDataset;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.measure.AccessSurvey;
import io.hone.engine.step.AttackWorker;
import io.hone.engine.step.CountingVictim;
import io.hone.engine.step.DefendWorker;
import io.hone.engine.step.ImproveWorker;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.TargetChooser;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.PixelLimits;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import io.hone.scenario.StepAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens everything a scenario needs and finds what cannot work, before the first batch. */
final class ScenarioPreparation {
  /** How many of the data set's images a model is compared with its file on. */
  private static final int FIRST_IMAGES = 8;

  private final Scenario scenario;
  private final RunServices services;

  ScenarioPreparation(Scenario scenario, RunServices services) {
    this.scenario = scenario;
    this.services = services;
  }

  /**
   * Prepares the scenario.
   *
   * @throws BadInputException naming what does not fit, and where it is in the scenario
   */
  PreparedScenario prepare() {
    Dataset dataset = openDataset(placed("model.card", this::request));
    try {
      // The images tell the shape that a file leaves open.
      services.models().workOn(dataset.shape());
      ModelCard card = placed("model.card", () -> services.models().card(scenario.model().card()));
      return prepare(card, dataset);
    } catch (RuntimeException | Error failure) {
      dataset.close();
      throw failure;
    }
  }

  /** Returns what the model wants of a data set, without a shape where nothing tells it. */
  private DatasetRequest request() {
    try {
      CompletedCard told = services.models().completed(scenario.model().card());
      DatasetRequest request = DatasetRequest.of(told.card());
      return told.shapeTold() ? request : request.ofAnyShape();
    } catch (UnknownShapeException open) {
      return open.request();
    }
  }

  /**
   * Opens the model when the data are known: it is compared with its file on their first images.
   */
  private PreparedScenario prepare(ModelCard card, Dataset dataset) {
    long samples = dataset.size();
    scenario.places().checking("dataset", () -> dataset.check(0, samples));
    Tensor first = placed("dataset", () -> firstImages(dataset, samples));
    Run run = services.forTask("model");
    BoundComponent<ModelBackend<Record>> backend =
        placed("model.backend", () -> services.models().backend(card, scenario.model().backend()));
    Classifier model = placed("model", () -> openModel(first, run));
    String device =
        placed("model.backend", () -> backend.instance().device(backend.parameters(), run));
    if (!model.accepts(dataset.shape())) {
      throw at(
          "dataset",
          "the images of data set "
              + scenario.dataset().descriptor().id()
              + " are "
              + dataset.shape()
              + ", but the model "
              + card.name()
              + " takes "
              + card.input().sizes()
              + "; resize them or choose another model");
    }
    LabelSurvey labels = survey(dataset, model.classes(), card);
    List<StepWorker> workers = new ArrayList<>();
    for (Step step : scenario.steps()) {
      workers.add(placed("steps." + step.id(), () -> worker(step, dataset, samples, model)));
    }
    Setting setting =
        new Setting(
            dataset.shape(),
            model.classes(),
            samples,
            scenario.steps().stream().anyMatch(step -> step.goal().targeted()));
    return new PreparedScenario(
        scenario, dataset, samples, labels, card, device, model, setting, workers);
  }

  private Classifier openModel(Tensor first, Run run) {
    return services
        .models()
        .openClassifier(scenario.model().card(), scenario.model().backend(), first, run);
  }

  private static Tensor firstImages(Dataset dataset, long samples) {
    int count = (int) Math.min(samples, FIRST_IMAGES);
    Tensor images = Tensor.images(count, dataset.shape());
    int[] labels = new int[count];
    dataset.read(0, images, labels);
    for (int row = 0; row < count; row++) {
      if (labels[row] != dataset.label(row)) {
        throw new ComponentFailureException(
            "the data set tells the label "
                + dataset.label(row)
                + " of sample "
                + dataset.sample(row)
                + ", but reads it with the label "
                + labels[row]
                + ". This is a defect of the plugin");
      }
    }
    return images;
  }

  private BadInputException at(String path, String message) {
    return scenario.places().error(path, message);
  }

  private <T> T placed(String path, Supplier<T> work) {
    return scenario.places().placing(path, work);
  }

  /** Opens the data set and selects its images; a data set that does not serve is closed again. */
  private Dataset openDataset(DatasetRequest request) {
    BoundComponent<DatasetProvider<Record>> bound = scenario.dataset();
    Dataset dataset =
        placed(
            "dataset",
            () ->
                bound
                    .instance()
                    .open(bound.parameters(), request, services.forTask(bound.descriptor().id())));
    try {
      Dataset verified = new VerifiedDataset(bound.descriptor().id(), dataset);
      if (dataset.size() == 0) {
        throw at(
            "dataset",
            "the data set "
                + bound.descriptor().id()
                + " is empty; check its classes and its folder");
      }
      return placed("dataset.select", () -> SelectedDataset.of(verified, scenario.selection()));
    } catch (RuntimeException | Error failure) {
      dataset.close();
      throw failure;
    }
  }

  private void checkLabel(long sample, int label, int classes, ModelCard card) {
    if (label != Dataset.NO_LABEL && (label < 0 || label >= classes)) {
      throw at(
          "dataset",
          "sample "
              + sample
              + " has label "
              + label
              + ", but the model "
              + card.name()
              + " has classes 0 to "
              + (classes - 1)
              + "; check the labels, or choose another model");
    }
  }

  /** Checks every label, and tells what sound ones leave unsaid. */
  private LabelSurvey survey(Dataset dataset, int classes, ModelCard card) {
    LabelSurvey labels =
        LabelSurvey.of(dataset, (sample, label) -> checkLabel(sample, label, classes, card));
    Run run = services.forTask("labels");
    labels.ownLabels().ifPresent(run::distrust);
    labels.fewClasses(dataset, scenario.selection(), classes).ifPresent(run::notice);
    return labels;
  }

  private StepWorker worker(Step step, Dataset dataset, long samples, Classifier model) {
    StepRun run = services.forStep(step.id(), step.name());
    Setting setting =
        new Setting(dataset.shape(), model.classes(), samples, step.goal().targeted());
    checkGoal(step, model.classes());
    if (step.action() instanceof StepAction.AttackWith attacking) {
      BoundComponent<Attack<Record>> attack = attacking.attack();
      checkSizes(step, "attack", attack, dataset.shape());
      checkAccess(step, attack, attack.instance().access(attack.parameters()), model);
      attack.instance().prepare(attack.parameters(), setting, run);
      TargetChooser targets =
          new TargetChooser(step.goal(), services.forTask(TargetChooser.STREAM));
      return new AttackWorker(step, attack, model, targets, run, services.cancellation());
    }
    if (step.action() instanceof StepAction.ImproveWith improving) {
      BoundComponent<Improver<Record>> improver = improving.improver();
      checkSizes(step, "improve", improver, dataset.shape());
      checkAccess(step, improver, improver.instance().access(improver.parameters()), model);
      improver.instance().prepare(improver.parameters(), setting, run);
      return new ImproveWorker(step, improver, model, run, services.cancellation());
    }
    List<BoundComponent<Defense<Record>>> defenses =
        new ArrayList<>(((StepAction.DefendWith) step.action()).defenses());
    Classifier protectedClassifier = model;
    // The first defense sees an image first, so it is the last to be put before the classifier.
    Collections.reverse(defenses);
    for (BoundComponent<Defense<Record>> defense : defenses) {
      checkSizes(step, "defend", defense, dataset.shape());
      defense.instance().prepare(defense.parameters(), setting, run);
      protectedClassifier =
          defense.instance().protect(defense.parameters(), protectedClassifier, run);
      checkSize(step, defense, protectedClassifier, dataset.shape());
    }
    return new DefendWorker(step, protectedClassifier, services.cancellation());
  }

  /** Refuses a size that no image of this shape can have; reading knew no shape. */
  private void checkSizes(Step step, String key, BoundComponent<?> component, ImageShape shape) {
    List<PixelLimits.Excess> exceeded =
        PixelLimits.exceeded(component.descriptor(), component.effective(), Optional.of(shape));
    if (!exceeded.isEmpty()) {
      PixelLimits.Excess first = exceeded.get(0);
      String path = String.join(".", first.path());
      throw at("steps." + step.id() + "." + key + ".with." + path, first.problem());
    }
  }

  private void checkSize(
      Step step, BoundComponent<?> defense, Classifier protectedClassifier, ImageShape shape) {
    if (!protectedClassifier.accepts(shape)) {
      throw scenario
          .places()
          .error(
              "steps." + step.id(),
              "what "
                  + defense.descriptor().id()
                  + " makes of images of "
                  + shape
                  + " is nothing that the model behind it takes",
              "let it keep the size of the images, or choose a model that takes any size");
    }
  }

  private void checkGoal(Step step, int classes) {
    if (step.goal() instanceof Goal.Fixed fixed) {
      checkClass(step, fixed.target(), classes);
    }
    if (step.goal() instanceof Goal.Mapping mapping) {
      mapping
          .targets()
          .forEach(
              (label, target) -> {
                checkClass(step, label, classes);
                checkClass(step, target, classes);
              });
    }
  }

  private void checkClass(Step step, int wanted, int classes) {
    if (wanted < 0 || wanted >= classes) {
      throw scenario
          .places()
          .error(
              "steps." + step.id() + ".goal",
              "the goal of step "
                  + step.name()
                  + " names class "
                  + wanted
                  + ", but the model has classes 0 to "
                  + (classes - 1));
    }
  }

  private void checkAccess(
      Step step, BoundComponent<?> component, Access needed, Classifier model) {
    Access offered = CountingVictim.offered(model);
    if (!offered.covers(needed)) {
      throw scenario
          .places()
          .error(
              "steps." + step.id(),
              component.descriptor().id()
                  + " needs "
                  + needed.name().toLowerCase(Locale.ROOT)
                  + ", but the model offers "
                  + offered.name().toLowerCase(Locale.ROOT)
                  + " only"
                  + model.gradientObstacle().map(obstacle -> ": " + obstacle).orElse(""),
              suggestion(component.descriptor().kind(), offered));
    }
  }

  private String suggestion(ComponentKind kind, Access offered) {
    List<String> ids = AccessSurvey.within(services.models().registry(), kind, offered);
    return ids.isEmpty()
        ? "hone model inspect FILE says why"
        : "take one that needs no more than "
            + offered.name().toLowerCase(Locale.ROOT)
            + ": "
            + String.join(", ", ids);
  }
}
