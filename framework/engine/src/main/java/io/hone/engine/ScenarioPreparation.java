package io.hone.engine;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.ModelBackend;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Metric;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.engine.activation.ObservedLayers;
import io.hone.engine.context.RunServices;
import io.hone.engine.data.LabelSurvey;
import io.hone.engine.data.SelectedDataset;
import io.hone.engine.data.VerifiedDataset;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.model.ClassNames;
import io.hone.engine.model.ModelImages;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.TypedStep;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Scenario;
import io.hone.scenario.Scenario.ModelChoice;
import io.hone.scenario.Scenario.TestedModel;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    TestedModel first = scenario.models().get(0);
    Dataset dataset =
        openDataset(
            placed(
                "model.card", () -> ModelImages.request(first.choice().card(), services.models())));
    try {
      // The images tell the shape that a file leaves open.
      services.models().workOn(dataset.shape());
      // What is wrong with a card is told before the images are looked at.
      scenario
          .models()
          .forEach(
              tested ->
                  tested
                      .places()
                      .placing("model.card", () -> services.models().card(tested.choice().card())));
      return prepare(dataset);
    } catch (RuntimeException | Error failure) {
      dataset.close();
      throw failure;
    }
  }

  /**
   * Opens the models when the data are known: each is compared with its file on their first images.
   */
  private PreparedScenario prepare(Dataset dataset) {
    long samples = dataset.size();
    scenario.places().checking("dataset", () -> dataset.check(0, samples));
    Tensor first = placed("dataset", () -> firstImages(dataset, samples));
    List<PreparedModel> models = new ArrayList<>();
    for (TestedModel tested : scenario.models()) {
      models.add(model(tested, dataset, first));
    }
    checkClasses(models);
    Setting setting =
        new Setting(
            dataset.shape(),
            models.get(0).classifier().classes(),
            samples,
            scenario.steps().stream().anyMatch(step -> step.goal().targeted()));
    List<StepWorker> workers = new ArrayList<>();
    for (Step step : scenario.steps()) {
      PreparedModel model = PreparedModel.of(step, models);
      workers.add(
          step.places().placing("steps." + step.id(), () -> worker(step, model, first, setting)));
    }
    workers.forEach(worker -> worker.check(dataset));
    StageExpectations.check(scenario, workers);
    Optional<PreparedTwin> twin = PreparedTwin.open(scenario, models, first, services);
    List<PreparedModel> observed = observed(models, dataset.shape());
    try {
      MetricProfiles profiles = MetricProfiles.open(scenario, observed, setting, services);
      return new PreparedScenario(
          scenario, dataset, samples, observed, setting, workers, first, profiles, twin);
    } catch (RuntimeException | Error failure) {
      observed.forEach(PreparedModel::close);
      throw failure;
    }
  }

  /** Opens what metrics look at inside the models: last, because whoever opens it closes it. */
  private List<PreparedModel> observed(List<PreparedModel> models, ImageShape shape) {
    boolean looksInside =
        scenario.metrics().stream()
            .anyMatch(metric -> metric.instance().layers(metric.parameters()).isPresent());
    if (!looksInside) {
      return models;
    }
    List<PreparedModel> observed = new ArrayList<>();
    try {
      for (PreparedModel model : models) {
        // A session of its own finds them, so this is asked once.
        List<NeuronLayer> readable = model.classifier().layers(shape);
        observed.add(
            model.with(
                ObservedLayers.open(
                    chosenLayers(readable, model.card()),
                    readable,
                    model.classifier(),
                    model.card(),
                    model.run())));
      }
      return observed;
    } catch (RuntimeException | Error failure) {
      observed.forEach(PreparedModel::close);
      throw failure;
    }
  }

  /** Returns the layers that each metric looks at inside a model, by the metric's id. */
  private Map<String, List<NeuronLayer>> chosenLayers(List<NeuronLayer> readable, ModelCard card) {
    Map<String, List<NeuronLayer>> chosen = new TreeMap<>();
    for (BoundComponent<Metric<Record>> metric : scenario.metrics()) {
      String id = metric.descriptor().id();
      metric
          .instance()
          .layers(metric.parameters())
          .ifPresent(
              choice ->
                  chosen.put(
                      id,
                      placed(
                          scenario.place(metric),
                          () -> ObservedLayers.find(id, choice, readable, card))));
    }
    return chosen;
  }

  private PreparedModel model(TestedModel tested, Dataset dataset, Tensor first) {
    ModelChoice choice = tested.choice();
    ModelCard card = services.models().card(choice.card());
    boolean alone = scenario.models().size() == 1;
    // Flags of one of several models speak against the results of that model alone.
    Run run =
        alone
            ? services.forTask("model")
            : services.forPart("model " + choice.card().path(), Step.CLEAN, tested.clean());
    ScenarioPlaces places = tested.places();
    BoundComponent<ModelBackend<Record>> backend =
        places.placing("model.backend", () -> services.models().backend(card, choice.backend()));
    Classifier classifier =
        places.placing(
            // Of several models the card tells which is meant.
            alone ? "model" : "model.card",
            () -> services.models().openClassifier(choice.card(), choice.backend(), first, run));
    String device =
        places.placing("model.backend", () -> backend.instance().device(backend.parameters(), run));
    if (!classifier.accepts(dataset.shape())) {
      throw places.error(
          alone ? "dataset" : "model.card",
          ModelImages.mismatch(scenario.dataset().descriptor().id(), dataset.shape(), card));
    }
    LabelSurvey labels = survey(dataset, classifier.classes(), card, run);
    return new PreparedModel(
        tested, card, classifier, backend.descriptor().id(), device, labels, Optional.empty(), run);
  }

  /** A class must mean the same to all models, or their results could not be compared. */
  private void checkClasses(List<PreparedModel> models) {
    PreparedModel first = models.get(0);
    for (PreparedModel other : models) {
      if (other.classifier().classes() != first.classifier().classes()) {
        throw at(
            "matrix",
            "the model "
                + other.card().name()
                + " has "
                + other.classifier().classes()
                + " classes, but "
                + first.card().name()
                + " has "
                + first.classifier().classes()
                + "; a matrix varies models of the same classes");
      }
      ClassNames.difference(other.card(), first.card())
          .ifPresent(
              difference -> {
                throw at(
                    "matrix",
                    difference
                        + "; a matrix varies models of the same classes in the same order, so"
                        + " correct the card or leave the model out");
              });
    }
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
    Dataset dataset =
        placed("dataset", () -> VerifiedDataset.open(scenario.dataset(), request, services));
    try {
      return placed("dataset.select", () -> SelectedDataset.of(dataset, scenario.selection()));
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
  private LabelSurvey survey(Dataset dataset, int classes, ModelCard card, Run run) {
    LabelSurvey labels =
        LabelSurvey.of(dataset, (sample, label) -> checkLabel(sample, label, classes, card));
    labels.ownLabels().ifPresent(run::distrust);
    labels.fewClasses(dataset, scenario.selection(), classes).ifPresent(run::notice);
    return labels;
  }

  private StepWorker worker(Step step, PreparedModel model, Tensor first, Setting setting) {
    Setting ofStep =
        new Setting(setting.shape(), setting.classes(), setting.samples(), step.goal().targeted())
            .wanting(step.goal().targetOfAll());
    StepContext.ModelUnderTest underTest =
        new StepContext.ModelUnderTest(model.classifier(), model.card());
    return TypedStep.of(step)
        .prepare(new StepContext(step, underTest, ofStep, first, services, step.places()));
  }
}
