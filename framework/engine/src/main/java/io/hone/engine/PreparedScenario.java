package io.hone.engine;

import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.StepKind;
import io.hone.api.run.Setting;
import io.hone.engine.activation.ObservedLayers;
import io.hone.engine.journal.RunFolds;
import io.hone.engine.measure.StepFold;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.TypedStep;
import io.hone.engine.targets.SweepFold;
import io.hone.engine.targets.SweptResults;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A scenario whose data, models and components are open and were found to fit together; closing it
 * closes its data and what reads inside its models.
 *
 * @param samples how many of the data set's images are run
 * @param models under test, one per model of the scenario
 * @param workers one per step
 * @param firstImages some of the data set's images
 * @param profiles what metrics know of the models, once it is made
 * @param twin the model that the self-checks compare with, where the scenario names one
 */
record PreparedScenario(
    Scenario scenario,
    Dataset dataset,
    long samples,
    List<PreparedModel> models,
    Setting setting,
    List<StepWorker> workers,
    Tensor firstImages,
    MetricProfiles profiles,
    Optional<PreparedTwin> twin)
    implements AutoCloseable {

  /** Returns the model under test; the first where there are several. */
  PreparedModel model() {
    return models.get(0);
  }

  /**
   * Returns the names of the model's classes: its card's, else the data set's where there are as
   * many; empty where nobody names them.
   */
  List<String> classNames() {
    List<String> ofModel = model().card().output().classNames();
    List<String> ofData = dataset.classNames();
    if (!ofModel.isEmpty()) {
      return ofModel;
    }
    return ofData.size() == model().classifier().classes() ? ofData : List.of();
  }

  /** Returns empty folds of all figures. */
  RunFolds emptyFolds() {
    return new RunFolds(
        emptyResults(),
        SweptResults.of(scenario.steps(), models.size()).stream()
            .map(swept -> new SweepFold(swept, () -> emptyCase(swept)))
            .toList());
  }

  private List<StepFold> emptyResults() {
    List<StepFold> folds = new ArrayList<>();
    models.forEach(
        model -> folds.add(emptyFold(StepKind.CLEAN, model, Map.of(), scenario.metrics())));
    for (Step step : scenario.steps()) {
      PreparedModel model = PreparedModel.of(step, models);
      folds.add(emptyFold(step.kind(), model, TypedStep.of(step).measures(), scenario.metrics()));
    }
    return folds;
  }

  /** What metrics see inside the model is told of each result, and not once more of the cases. */
  private StepFold emptyCase(SweptResults swept) {
    Step step = swept.steps().get(0);
    return emptyFold(
        step.kind(),
        PreparedModel.of(step, models),
        TypedStep.of(step).measures(),
        scenario.metrics().stream()
            .filter(metric -> metric.instance().layers(metric.parameters()).isEmpty())
            .toList());
  }

  /** Returns the layers that metrics look at, for the clean images of each model and each step. */
  List<Optional<ObservedLayers>> observed() {
    List<Optional<ObservedLayers>> observed = new ArrayList<>();
    models.forEach(model -> observed.add(observed(StepKind.CLEAN, model)));
    scenario
        .steps()
        .forEach(step -> observed.add(observed(step.kind(), PreparedModel.of(step, models))));
    return observed;
  }

  private Optional<ObservedLayers> observed(StepKind kind, PreparedModel model) {
    boolean measured =
        scenario.metrics().stream()
            .filter(metric -> metric.instance().measures(kind))
            .anyMatch(metric -> metric.instance().layers(metric.parameters()).isPresent());
    return measured ? model.inside() : Optional.empty();
  }

  /** Returns how many queries a sample takes at each step, where that is known beforehand. */
  List<OptionalLong> expectedQueries() {
    return scenario.steps().stream()
        .map(step -> TypedStep.of(step).expectedQueries(setting))
        .toList();
  }

  private StepFold emptyFold(
      StepKind kind,
      PreparedModel model,
      Map<String, Accumulator> ofTheKind,
      List<BoundComponent<Metric<Record>>> metrics) {
    Map<String, Accumulator> accumulators = new LinkedHashMap<>(ofTheKind);
    for (BoundComponent<Metric<Record>> metric : metrics) {
      if (metric.instance().measures(kind)) {
        accumulators.put(metric.descriptor().id(), accumulator(metric, model));
      }
    }
    return new StepFold(kind, accumulators);
  }

  private Accumulator accumulator(BoundComponent<Metric<Record>> metric, PreparedModel model) {
    Setting seen = model.seen(metric, setting);
    return metric.instance().start(metric.parameters(), seen, profiles.of(model, metric));
  }

  @Override
  public void close() {
    models.forEach(PreparedModel::close);
    profiles.close();
    dataset.close();
  }
}
