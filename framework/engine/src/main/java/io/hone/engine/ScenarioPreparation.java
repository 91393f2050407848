package io.hone.engine;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.ModelBackend;
import io.hone.api.UnknownShapeException;
import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.engine.context.RunServices;
import io.hone.engine.data.LabelSurvey;
import io.hone.engine.data.SelectedDataset;
import io.hone.engine.data.VerifiedDataset;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.TypedStep;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.List;
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
    Setting setting =
        new Setting(
            dataset.shape(),
            model.classes(),
            samples,
            scenario.steps().stream().anyMatch(step -> step.goal().targeted()));
    StepContext.ModelUnderTest underTest = new StepContext.ModelUnderTest(model, card);
    List<StepWorker> workers = new ArrayList<>();
    for (Step step : scenario.steps()) {
      workers.add(placed("steps." + step.id(), () -> worker(step, underTest, first, setting)));
    }
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

  private StepWorker worker(
      Step step, StepContext.ModelUnderTest model, Tensor first, Setting setting) {
    Setting ofStep =
        new Setting(setting.shape(), setting.classes(), setting.samples(), step.goal().targeted());
    return TypedStep.of(step)
        .prepare(new StepContext(step, model, ofStep, first, services, scenario.places()));
  }
}
